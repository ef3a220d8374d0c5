using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reports;

/// <summary>One day up to an hour: what came, what was served, what was taken.</summary>
/// <param name="WaitSeconds">Σ of all stretches of waiting that ended; <paramref name="Waits"/> of them, <paramref name="WithinNorm"/> no longer than the norm.</param>
/// <param name="TakingsFen">Confirmed payments.</param>
public sealed record DaySoFar(int Visitors, int Served, int Complaints, long WaitSeconds, int Waits, int WithinNorm, int Payments, long TakingsFen)
{
    public static readonly DaySoFar Nothing = new(0, 0, 0, 0, 0, 0, 0, 0);

    public int? MeanWaitSeconds => Waits == 0 ? null : (int)(WaitSeconds / Waits);

    public int? WithinPerMille => Waits == 0 ? null : (int)(WithinNorm * 1000L / Waits);

    public Money Takings => new(TakingsFen);

    public static DaySoFar operator +(DaySoFar a, DaySoFar b) => new(a.Visitors + b.Visitors, a.Served + b.Served, a.Complaints + b.Complaints, a.WaitSeconds + b.WaitSeconds, a.Waits + b.Waits,
        a.WithinNorm + b.WithinNorm, a.Payments + b.Payments, a.TakingsFen + b.TakingsFen);
}

/// <summary>What is now: the line, the counters, the duties, what is broken.</summary>
/// <param name="LongestSince">When the one who has waited longest took the number; null: nobody waits.</param>
/// <param name="DutiesOverdue">Open and past their time.</param>
public sealed record NowFigures(int Halls, int OpenHalls, int Waiting, DateTime? LongestSince, int OpenCounters, int Counters, int DutiesDone, int DutiesLate, int DutiesMissed, int DutiesOpen, int DutiesOverdue,
    int OpenFaults, int Ratings, int Stars)
{
    public static readonly NowFigures Nothing = new(0, 0, 0, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public int LongestMinutes(DateTime atUtc) => LongestSince is { } since ? Math.Max(0, (int)(atUtc - since).TotalMinutes) : 0;

    public static NowFigures operator +(NowFigures a, NowFigures b) => new(a.Halls + b.Halls, a.OpenHalls + b.OpenHalls, a.Waiting + b.Waiting,
        a.LongestSince is { } one && b.LongestSince is { } other ? one < other ? one : other : a.LongestSince ?? b.LongestSince,
        a.OpenCounters + b.OpenCounters, a.Counters + b.Counters, a.DutiesDone + b.DutiesDone, a.DutiesLate + b.DutiesLate, a.DutiesMissed + b.DutiesMissed, a.DutiesOpen + b.DutiesOpen,
        a.DutiesOverdue + b.DutiesOverdue, a.OpenFaults + b.OpenFaults, a.Ratings + b.Ratings, a.Stars + b.Stars);
}

/// <summary>A hall, city or province on the board: today, the same hour yesterday and a week ago, and now.</summary>
/// <param name="Path">Of the unit; opens it.</param>
public sealed record UnitFigures(string Path, LocalText Name, OrgUnitKind Kind, DaySoFar Today, DaySoFar Yesterday, DaySoFar WeekAgo, NowFigures Now);
