using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>流程执行报表: duties of the halls within reach, by default those late and missed of the last month.</summary>
public sealed class DutyList(HallDb db, Current current, Packs packs, DutyPlans plans, TimeProvider clock)
{
    private const int UsualDays = 30;

    public sealed record Row(Guid Id, string Hall, BusinessDate Date, string Code, string Name, string Post, DateTime FromUtc, DateTime DueUtc, string State, DateTime? EndedAtUtc, string? By, int? LateMinutes, int Faults, string? Remark);

    /// <summary>Filters: hall, post, state (late, missed, excepted, done, open, all), from, to.</summary>
    public async Task<(long Total, IReadOnlyList<Row> Rows)> Find(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var halls = await db.HallsInReach(current).ToDictionaryAsync(h => h.Id, h => h.Name.ToString(), ct);
        var ids = Guid.TryParse(query["hall"], out var one) && halls.ContainsKey(one) ? [one] : halls.Keys.ToList();
        var today = DateOnly.FromDateTime(LocalTime.At(clock.GetUtcNow().UtcDateTime));
        var (from, to) = (new BusinessDate(query.Day("from") ?? today.AddDays(-UsualDays)), new BusinessDate(query.Day("to") ?? today));
        var duties = db.Duties.Where(d => ids.Contains(d.HallId) && d.Date >= from && d.Date <= to);
        if (query["post"] is { } post) duties = duties.Where(d => d.Post == post);
        if (query.Search.Length > 0)
        {
            var codes = plans.All.Where(p => p.Code.StartsWith(query.Search, StringComparison.OrdinalIgnoreCase) || p.Name.Zh.Contains(query.Search, StringComparison.Ordinal) || p.Name.En.Contains(query.Search, StringComparison.OrdinalIgnoreCase)).Select(p => p.Code).ToList();
            duties = duties.Where(d => codes.Contains(d.Code));
        }

        duties = query["state"] switch
        {
            "all" => duties,
            "done" => duties.Where(d => d.State == DutyState.Done && d.LateAtUtc == null),
            "late" => duties.Where(d => d.State != DutyState.Missed && d.LateAtUtc != null),
            "missed" => duties.Where(d => d.State == DutyState.Missed),
            "excepted" => duties.Where(d => d.State == DutyState.Excepted),
            "open" => duties.Where(d => d.State == DutyState.Open),
            _ => duties.Where(d => d.LateAtUtc != null),
        };
        var total = await duties.LongCountAsync(ct);
        var sorted = query.Sort == "due" && !query.Descending ? duties.OrderBy(d => d.DueUtc).ThenBy(d => d.Id) : duties.OrderByDescending(d => d.DueUtc).ThenBy(d => d.Id);
        var rows = await (all ? sorted.Take(ListExport.MaxRows) : sorted.PageOf(query)).ToListAsync(ct);
        return (total, [.. rows.Select(d => new Row(
            d.Id, halls[d.HallId], d.Date, d.Code, plans.NameOf(d.Code), packs.Posts.GetValueOrDefault(d.Post)?.Name.ToString() ?? d.Post, d.FromUtc, d.DueUtc, StateOf(d), d.EndedAtUtc, d.EndedByName,
            d.State == DutyState.Done && d.LateAtUtc is not null ? (int)Math.Ceiling((d.EndedAtUtc!.Value - d.DueUtc).TotalMinutes) : null, d.Faults, d.Remark))]);
    }

    /// <summary>late: done late, or still open and late.</summary>
    private static string StateOf(Duty d) => d.State switch { DutyState.Missed => "missed", DutyState.Excepted => "excepted", _ when d.LateAtUtc is not null => "late", DutyState.Done => "done", _ => "open" };
}
