using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace OpenHall.App;

/// <summary>Event stream of a hall: each event names a topic that changed; the page then fetches its fragment.</summary>
static class LiveEndpoint
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary><c>GET /live?hall={id}&amp;topics=TicketCalled,TicketTaken</c></summary>
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/live", (Guid? hall, string topics, LiveHub live, IHostApplicationLifetime life, HttpContext http, CancellationToken gone) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Headers["X-Accel-Buffering"] = "no";
            // A stopping node lets its streams go, so that the pages ask another at once and stopping does not wait for them.
            var end = CancellationTokenSource.CreateLinkedTokenSource(gone, life.ApplicationStopping);
            http.Response.RegisterForDispose(end);
            return TypedResults.ServerSentEvents(Hints(live, hall, topics, end.Token));
        }).AllowAnonymous().ExcludeFromDescription(); // Boards listen too; a hint says that something changed, never what.

    private static async IAsyncEnumerable<SseItem<string>> Hints(LiveHub live, Guid? hall, string topics, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var hints = live.Listen(hall, topics.Split(',').ToHashSet(), end.Token).GetAsyncEnumerator(end.Token);
        var next = hints.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                // A line every quarter of a minute keeps proxies from closing a quiet stream.
                if (await Task.WhenAny(next, Task.Delay(KeepAlive, ct)) != next)
                {
                    if (ct.IsCancellationRequested) yield break;
                    yield return new SseItem<string>("", "alive");
                    continue;
                }

                if (!await next) yield break;
                yield return new SseItem<string>(hints.Current, "changed");
                next = hints.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // A listener may not be let go while it still waits.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
