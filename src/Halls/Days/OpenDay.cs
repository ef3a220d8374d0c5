using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

public static class OpenDayOfHall
{
    /// <summary>The hall's day that takes postings. It can't close until the command ends; commands that only book on it do not wait for one another.</summary>
    /// <exception cref="Refused">day.not_open</exception>
    public static async Task<BusinessDay> OpenDay(this HallDb db, Guid hallId, CancellationToken ct = default) =>
        await db.BusinessDays.HoldShared(d => d.HallId == hallId && (d.State == BusinessDayState.Open || d.State == BusinessDayState.Closing), ct)
        ?? throw new Refused("day.not_open");

    /// <summary>The hall's day that isn't closed (preparing, open or closing), for showing; null before the first.</summary>
    public static Task<BusinessDay?> CurrentDay(this HallDb db, Guid hallId, CancellationToken ct = default) =>
        db.BusinessDays.SingleOrDefaultAsync(d => d.HallId == hallId && d.State != BusinessDayState.Closed, ct);
}
