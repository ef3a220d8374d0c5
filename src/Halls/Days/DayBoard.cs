using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>What the day page shows: the hall's day, every condition with its findings, and the days the hall may go to.</summary>
public sealed class DayBoard(HallDb db, Current current, IEnumerable<IDayCondition> conditions)
{
    private const int HistoryDays = 14;

    public sealed record Condition(string Code, IReadOnlyList<DayFinding> Findings)
    {
        /// <summary>Nothing stands against closing; there may still be warnings.</summary>
        public bool IsGreen => Findings.All(f => f.OnlyWarns);

        public bool Warns => IsGreen && Findings.Count > 0;
    }

    /// <param name="Day">Null before the hall's first day.</param>
    /// <param name="History">The last days, the newest first.</param>
    /// <param name="LastClosed">Day that may be reopened; null when there is none or the next has begun.</param>
    public sealed record Board(Hall Hall, BusinessDay? Day, IReadOnlyList<Condition> Conditions, BusinessDay? LastClosed, DateOnly NextDay, DateOnly NextWorkDay,
        IReadOnlyList<BusinessDay> History)
    {
        /// <summary>Changes whenever what the page shows of the conditions does.</summary>
        public string Version => Audit.Hex(string.Join('|', Day?.Date, Day?.State, Texts.IsEnglish, string.Join(',', Conditions.SelectMany(c => c.Findings.Select(f => $"{c.Code}:{f.TextKey}:{string.Join(';', f.Values)}").Prepend(c.Code)))))[..16];

        public bool MayClose => Day is { TakesPostings: true } && Conditions.All(c => c.IsGreen);
    }

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach</exception>
    public async Task<Board> Of(Guid hallId, DateOnly today, CancellationToken ct = default)
    {
        current.Require("day.see");
        var hall = await db.HallInReach(current, hallId, ct);
        var day = await db.CurrentDay(hallId, ct);
        var found = new List<Condition>();
        if (day is { TakesPostings: true })
            foreach (var condition in conditions) found.Add(new(condition.Code, await condition.Check(db, hallId, day.Date, ct)));
        var history = await db.BusinessDays.Where(d => d.HallId == hallId).OrderByDescending(d => d.Date).Take(HistoryDays).ToListAsync(ct);
        var lastClosed = day is null or { State: BusinessDayState.Preparing } ? history.FirstOrDefault(d => d.State == BusinessDayState.Closed) : null;
        var from = day?.Date.Day ?? today;
        var special = await db.HallSpecialDays.Where(s => s.HallId == hallId && s.Day > from).ToListAsync(ct);
        return new(hall, day, found, lastClosed, from.AddDays(1), hall.Hours.Calendar(special).AddWorkDays(from, 1), history);
    }
}
