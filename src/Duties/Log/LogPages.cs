using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Posts of the log's page.</summary>
static class LogPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/duties/log/now", async (Guid hall, DateOnly date, LogView logs, CancellationToken ct) => Fragment.Of<LogLines>(new { View = await logs.Of(hall, date, ct) }))
            .RequireAuthorization("duties.see").ExcludeFromDescription();
        var log = pages.MapGroup("/duties/log").RequireAuthorization("duties.log").ExcludeFromDescription();
        log.MapPost("/remark", async ([FromForm] RemarkInLog.Command command, RemarkInLog remark, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await remark.Handle(command, ct);
            return Fragment.Go(http, Of(command.HallId, command.Date), texts["dutylog.said_added"]);
        });
        log.MapPost("/sign", async ([FromForm] SignLog.Command command, SignLog sign, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await sign.Handle(command, ct);
            return Fragment.Go(http, Of(command.HallId, command.Date), texts["dutylog.said_signed"]);
        });
    }

    private static string Of(Guid hallId, DateOnly date) => string.Create(CultureInfo.InvariantCulture, $"/duties/log?hall={hallId}&date={date:yyyy-MM-dd}");
}
