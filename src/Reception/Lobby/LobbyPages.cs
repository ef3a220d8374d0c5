using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>What the lobby page asks and posts; every act answers with the lobby as it is afterwards.</summary>
static class LobbyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var lobby = pages.MapGroup("/lobby").RequireAuthorization("queue.see").ExcludeFromDescription();
        lobby.MapGet("/now", async (Guid hall, HallDb db, Current current, FloorWatch floor, HttpRequest request, CancellationToken ct) =>
        {
            await db.HallInReach(current, hall, ct);
            var view = await floor.Of(hall, ct);
            return Versions.IsShown(request, LobbyNow.VersionOf(view.Queue)) ? Results.NoContent() : Now(view);
        });
        lobby.MapPost("/take", async ([FromForm] TakeTicketFor.Command command, TakeTicketFor take, CancellationToken ct) =>
            Fragment.Of<TakenNote>(new { Taken = await take.Handle(command, ct) }));
        lobby.MapPost("/return", async ([FromForm] ReturnTicket.Command command, [FromForm] Guid hallId, ReturnTicket back, FloorWatch queue, CancellationToken ct) => await After(back.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/skip", async ([FromForm] SkipTicket.Command command, [FromForm] Guid hallId, SkipTicket skip, FloorWatch queue, CancellationToken ct) => await After(skip.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/move", async ([FromForm] TransferTicket.Command command, [FromForm] Guid hallId, TransferTicket transfer, FloorWatch queue, CancellationToken ct) => await After(transfer.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/class", async ([FromForm] PrioritiseTicket.Command command, [FromForm] Guid hallId, PrioritiseTicket prioritise, FloorWatch queue, CancellationToken ct) => await After(prioritise.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/cancel", async ([FromForm] CancelTicket.Command command, [FromForm] Guid hallId, CancelTicket cancel, FloorWatch queue, CancellationToken ct) => await After(cancel.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/counters/plan", async ([FromForm] PlanCounter.Command command, [FromForm] Guid hallId, PlanCounter plan, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await plan.Handle(command, ct);
            return Fragment.Go(http, $"/lobby/counters?hall={hallId}", texts["reception.said_planned"]);
        });
        lobby.MapPost("/close-counter", async ([FromForm] CloseCounter.Command command, [FromForm] Guid hallId, CloseCounter close, FloorWatch queue, CancellationToken ct) => await After(close.Handle(command, ct), queue, hallId, ct));
        lobby.MapPost("/cancel-waiting", async ([FromForm] CancelWaiting.Command command, CancelWaiting cancel, HttpContext http, Texts texts, CancellationToken ct) =>
            Fragment.Go(http, $"/lobby?hall={command.HallId}", texts["reception.said_cancelled", await cancel.Handle(command, ct)]));
    }

    /// <summary>The forecast page's own part.</summary>
    public static void MapForecast(IEndpointRouteBuilder pages) => pages.MapGet("/forecast/now", async (Guid hall, DateOnly? date, HallDb db, Current current, HallForecast forecast, HttpRequest request, CancellationToken ct) =>
    {
        await db.HallInReach(current, hall, ct);
        var view = await forecast.Of(hall, date, ct);
        return request.Headers["X-Version"] == view.Version ? Results.NoContent() : Fragment.Of<ForecastNow>(new { View = view });
    }).RequireAuthorization("queue.see").ExcludeFromDescription();

    private static async Task<IResult> After(Task act, FloorWatch queue, Guid hallId, CancellationToken ct)
    {
        await act;
        return Now(await queue.Of(hallId, ct));
    }

    private static IResult Now(FloorWatch.View view) => Fragment.Of<LobbyNow>(new { Floor = view });
}
