using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Reception;

/// <summary>What the clerk's queue pane posts: every act answers with the pane as it is afterwards.</summary>
static class QueuePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var queue = pages.MapGroup("/queue").RequireAuthorization("queue.call").ExcludeFromDescription();
        queue.MapGet("/pane", async (MyDesk desk, HttpRequest request, CancellationToken ct) =>
            await desk.Now(ct) is var view && Versions.IsShown(request, view.Version) ? Results.NoContent() : Pane(view));
        queue.MapPost("/next", async ([FromForm] CallNext.Command command, CallNext call, MyDesk desk, CancellationToken ct) => await After(call.Handle(command, ct), desk, ct));
        queue.MapPost("/choose", async ([FromForm] CallChosen.Command command, CallChosen call, MyDesk desk, CancellationToken ct) => await After(call.Handle(command, ct), desk, ct));
        queue.MapPost("/again", async ([FromForm] CallAgain.Command command, CallAgain call, MyDesk desk, CancellationToken ct) => await After(call.Handle(command, ct), desk, ct));
        queue.MapPost("/no-show", async ([FromForm] MarkNoShow.Command command, MarkNoShow mark, MyDesk desk, CancellationToken ct) => await After(mark.Handle(command, ct), desk, ct));
        queue.MapPost("/start", async ([FromForm] StartServing.Command command, StartServing start, MyDesk desk, CancellationToken ct) => await After(start.Handle(command, ct), desk, ct));
        queue.MapPost("/park", async ([FromForm] ParkTicket.Command command, ParkTicket park, MyDesk desk, CancellationToken ct) => await After(park.Handle(command, ct), desk, ct));
        queue.MapPost("/end", async ([FromForm] EndService.Command command, EndService end, MyDesk desk, CancellationToken ct) => await After(end.Handle(command, ct), desk, ct));
        queue.MapPost("/serve", async ([FromForm] ServeWithoutTicket.Command command, ServeWithoutTicket serve, MyDesk desk, CancellationToken ct) => await After(serve.Handle(command, ct), desk, ct));
        queue.MapPost("/transfer", async ([FromForm] TransferTicket.Command command, TransferTicket transfer, MyDesk desk, CancellationToken ct) => await After(transfer.Handle(command, ct), desk, ct));
        queue.MapPost("/return", async ([FromForm] ReturnTicket.Command command, ReturnTicket back, MyDesk desk, CancellationToken ct) => await After(back.Handle(command, ct), desk, ct));
        queue.MapPost("/join", async ([FromForm] JoinTicket.Command command, JoinTicket join, MyDesk desk, CancellationToken ct) => await After(join.Handle(command, ct), desk, ct));
        queue.MapPost("/split", async ([FromForm] SplitTicket.Command command, SplitTicket split, MyDesk desk, CancellationToken ct) => await After(split.Handle(command, ct), desk, ct));
        queue.MapPost("/counter/open", async ([FromForm] OpenCounter.Command command, OpenCounter open, MyDesk desk, CancellationToken ct) => await After(open.Handle(command, ct), desk, ct));
        queue.MapPost("/counter/pause", async ([FromForm] PauseCounter.Command command, PauseCounter pause, MyDesk desk, CancellationToken ct) => await After(pause.Handle(command, ct), desk, ct));
        queue.MapPost("/counter/close", async ([FromForm] CloseCounter.Command command, CloseCounter close, MyDesk desk, CancellationToken ct) => await After(close.Handle(command, ct), desk, ct));
    }

    private static async Task<IResult> After(Task act, MyDesk desk, CancellationToken ct)
    {
        await act;
        return Pane(await desk.Now(ct));
    }

    private static IResult Pane(MyDesk.View view) => Fragment.Of<QueueNow>(new { View = view });
}

/// <summary>Parts of pages that name the version they show get no body when it is still the same.</summary>
static class Versions
{
    public static bool IsShown(HttpRequest request, string version) => request.Headers["X-Version"] == Of(version);

    /// <summary>Short and safe for a header, whatever it is made of.</summary>
    public static string Of(string content) => Audit.Hex(content)[..16];
}
