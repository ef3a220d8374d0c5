using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Reception;

/// <summary>What kiosk, board, second screen and the visitor's phone ask and post. Nobody is signed in there: the key or token in the address says whose it is.</summary>
static class DevicePages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        var open = pages.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        open.MapGet("/board/{key}/view", async (string key, BoardSnapshot board, HttpRequest request, CancellationToken ct) =>
            await board.Of(key, ct) is var now && Shown(request, now.Version) ? Results.NoContent() : Fragment.Of<BoardNow>(new { Snapshot = now }));
        open.MapGet("/board/{key}/snapshot", Snapshot);
        open.MapGet("/screen/{key}/view", async (string key, ScreenView screen, HttpRequest request, CancellationToken ct) =>
            await screen.Of(key, ct) is var now && Shown(request, now.Version) ? Results.NoContent() : Fragment.Of<ScreenNow>(new { View = now, DeviceKey = key }));
        open.MapPost("/screen/{key}/rate", async (string key, [FromForm] RateVisit.Command command, RateVisit rate, ScreenView screen, CancellationToken ct) =>
        {
            await rate.Handle(command with { Key = key }, ct);
            return Fragment.Of<ScreenNow>(new { View = await screen.Of(key, ct), DeviceKey = key });
        });
        open.MapGet("/kiosk/{key}/view", async (string key, KioskView kiosk, HttpRequest request, CancellationToken ct) =>
            await kiosk.Of(key, ct) is var now && Shown(request, now.Version) ? Results.NoContent() : Fragment.Of<KioskNow>(new { View = now, Key = key }));
        open.MapPost("/kiosk/{key}/take", async (string key, [FromForm] TakeTicket.Command command, TakeTicket take, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, $"/kiosk/{key}/ticket/{(await take.Handle(command with { DeviceKey = key }, ct)).Token}"));
        open.MapGet("/t/{token}/view", async (string token, TicketView tickets, HttpRequest request, CancellationToken ct) =>
            await tickets.Of(token, ct) is var now && Shown(request, now.Version) ? Results.NoContent() : Fragment.Of<PhoneNow>(new { View = now }));
        open.MapPost("/t/{token}/cancel", async (string token, [FromForm] CancelOwnTicket.Command command, CancelOwnTicket cancel, TicketView tickets, CancellationToken ct) =>
        {
            await cancel.Handle(command with { Token = token }, ct);
            return Fragment.Of<PhoneNow>(new { View = await tickets.Of(token, ct) });
        });
        open.MapPost("/t/{token}/rate", async (string token, [FromForm] RateVisit.Command command, RateVisit rate, TicketView tickets, CancellationToken ct) =>
        {
            await rate.Handle(command with { Key = token }, ct);
            return Fragment.Of<PhoneNow>(new { View = await tickets.Of(token, ct) });
        });
    }

    /// <summary>The board as data, with its version as entity tag: 304 while nothing has changed.</summary>
    private static async Task<IResult> Snapshot(string key, BoardSnapshot board, HttpContext http, CancellationToken ct)
    {
        var now = await board.Of(key, ct);
        var tag = $"\"{now.Version}\"";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.ETag = tag;
        return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Json(now);
    }

    private static bool Shown(HttpRequest request, string version) => request.Headers["X-Version"] == version;
}
