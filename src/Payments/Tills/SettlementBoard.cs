using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Who has settled and who has not, for the duty manager. What should be in an open drawer is not told here either.</summary>
public sealed class SettlementBoard(HallDb db, Current current)
{
    /// <param name="Unanswered">Payments whose channel has not answered: the till can't close before.</param>
    public sealed record Row(Guid Id, string ClerkName, string ClerkNumber, string CounterName, TillState State, DateTime OpenedAtUtc, DateTime? ClosedAtUtc, long FloatFen,
        long? CountedFen, long? ExpectedFen, long? DifferenceFen, short Counts, string? ReopenReason, string? ClosedForByName, string? ClosedForReason, int Unanswered);

    public sealed record Board(Hall Hall, BusinessDay? Day, IReadOnlyList<Row> Tills)
    {
        public int Open => Tills.Count(t => t.State == TillState.Open);
    }

    /// <summary>The open till that somebody is going to close for its clerk.</summary>
    /// <exception cref="Refused">till.not_found; till.closed; hall.out_of_reach; permission.missing</exception>
    public async Task<TillSession> OpenTillOf(Guid tillId, CancellationToken ct = default)
    {
        current.Require("tills.close_for");
        var till = await db.TillSessions.SingleOrDefaultAsync(t => t.Id == tillId, ct) ?? throw new Refused("till.not_found");
        await db.HallInReach(current, till.HallId, ct);
        till.RequireOpen();
        return till;
    }

    /// <param name="date">Null: the day that is not closed yet.</param>
    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; permission.missing</exception>
    public async Task<Board> Of(Guid hallId, DateOnly? date = null, CancellationToken ct = default)
    {
        current.Require("tills.settlement");
        var hall = await db.HallInReach(current, hallId, ct);
        var wanted = date is { } d ? new BusinessDate(d) : (BusinessDate?)null;
        var day = wanted is null ? await db.CurrentDay(hallId, ct) : await db.BusinessDays.SingleOrDefaultAsync(b => b.HallId == hallId && b.Date == wanted, ct);
        if (day is null) return new(hall, null, []);
        var tills = await db.TillSessions.Where(t => t.HallId == hallId && (t.BusinessDate == day.Date || t.State == TillState.Open)).OrderBy(t => t.State == TillState.Open ? 0 : 1).ThenBy(t => t.OpenedAtUtc).ToListAsync(ct);
        var ids = tills.Where(t => t.State == TillState.Open).Select(t => t.Id).ToList();
        var unanswered = await db.ChannelOrders.Where(o => ids.Contains(o.TillSessionId) && o.State == ChannelOrderState.Asked).GroupBy(o => o.TillSessionId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(hall, day, [.. tills.Select(t => new Row(t.Id, t.ClerkName, t.ClerkNumber, t.CounterName, t.State, t.OpenedAtUtc, t.ClosedAtUtc, t.FloatFen,
            t.CountedFen, t.ExpectedFen, t.DifferenceFen, t.Counts, t.ReopenReason, t.ClosedForByName, t.ClosedForReason, unanswered.FirstOrDefault(u => u.Key == t.Id)?.Count ?? 0))]);
    }
}
