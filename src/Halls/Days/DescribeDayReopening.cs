using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Reopening a business day as the second person reads it.</summary>
sealed class DescribeDayReopening(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReopenBusinessDay);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReopenBusinessDay.Command>()!;
        var day = await db.BusinessDays.SingleOrDefaultAsync(d => d.Id == command.DayId, ct);
        if (day is null || await db.Halls.SingleOrDefaultAsync(h => h.Id == day.HallId, ct) is not { } hall) return null;
        return new(texts["day.words.reopen", hall.Name, day.Date, command.Reason.Trim()], Href: "/day");
    }
}
