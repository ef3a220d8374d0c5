using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Duties;

/// <summary>Repairs and requests of the halls within reach; by default those that are not ended.</summary>
public sealed class FaultList(HallDb db, Current current, TimeProvider clock)
{
    public sealed record Row(Guid Id, string Hall, FaultKind Kind, string Where, string What, string FoundByName, DateTime FoundAtUtc, FaultState State, string? Owner, DateOnly? DueOn, bool IsOverdue, string? Outcome, string? EndedByName, DateTime? EndedAtUtc, Guid DutyId);

    /// <summary>Filters: kind, state (all, Open, Given, Done, Dropped), fault (one alone).</summary>
    public async Task<(long Total, IReadOnlyList<Row> Rows)> Find(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var halls = await db.HallsInReach(current).ToDictionaryAsync(h => h.Id, h => h.Name.ToString(), ct);
        var ids = halls.Keys.ToList();
        var faults = db.FaultLines.Where(f => ids.Contains(f.HallId));
        if (query.Search.Length > 0) faults = faults.Where(f => f.What.Contains(query.Search) || f.WhereZh.Contains(query.Search) || f.WhereEn.Contains(query.Search));
        if (Enum.TryParse<FaultKind>(query["kind"], out var kind) && Enum.IsDefined(kind)) faults = faults.Where(f => f.Kind == kind);
        if (Guid.TryParse(query["fault"], out var one)) faults = faults.Where(f => f.Id == one);
        else if (Enum.TryParse<FaultState>(query["state"], out var state) && Enum.IsDefined(state)) faults = faults.Where(f => f.State == state);
        else if (query["state"] != "all") faults = faults.Where(f => f.State == FaultState.Open || f.State == FaultState.Given);
        var total = await faults.LongCountAsync(ct);
        var sorted = query is { Sort: "found", Descending: false } ? faults.OrderBy(f => f.FoundAtUtc).ThenBy(f => f.Id) : faults.OrderByDescending(f => f.FoundAtUtc).ThenBy(f => f.Id);
        var rows = await (all ? sorted.Take(ListExport.MaxRows) : sorted.PageOf(query)).ToListAsync(ct);
        var today = DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime));
        return (total, [.. rows.Select(f => new Row(f.Id, halls[f.HallId], f.Kind, f.Where.ToString(), f.What, f.FoundByName, f.FoundAtUtc, f.State, f.Owner, f.DueOn, !f.IsEnded && f.DueOn < today, f.Outcome, f.EndedByName, f.EndedAtUtc, f.DutyId))]);
    }
}
