using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>违约金 (late fee) as a published or agreed rule.</summary>
/// <param name="Code">Stable name in the packs: power.late-fee.resident.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which the rule holds.</param>
/// <param name="Notice">文号 or article.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="PerDay">Share of the unpaid amount a day: 0.001 is 1 ‰.</param>
public sealed record LateFeeRule(string Code, Bilingual Name, DateOnly From, string Notice, string Source, decimal PerDay)
{
    /// <summary>Rate for debts of an earlier calendar year; null: the same.</summary>
    public decimal? PerDayAfterNewYear { get; init; }

    public AcrossYear AcrossYear { get; init; } = AcrossYear.DaysAfter;

    /// <summary>Least fee once any is due.</summary>
    public decimal MinimumYuan { get; init; }

    /// <summary>Most, as a share of the amount that was due: 1 is never more than the bill itself; null: no cap.</summary>
    public decimal? CapShare { get; init; }

    /// <summary>Days after the due date that cost nothing when paid within them; the fee counts from the day after the due date once they pass.</summary>
    public int GraceDays { get; init; }

    /// <summary>The day of payment itself counts.</summary>
    public bool PaymentDayCounts { get; init; } = true;

    /// <summary>A due date on a day off moves to the next work day; the caller gives the calendar.</summary>
    public bool DueMovesToWorkDay { get; init; }
}

/// <summary>Which days cost the rate for earlier years.</summary>
public enum AcrossYear
{
    /// <summary>Days from 1 January after the due date on.</summary>
    DaysAfter,

    /// <summary>All days, once the debt is older than a new year.</summary>
    AllDays,
}

/// <param name="From">First day that counts.</param>
/// <param name="To">Last day that counts.</param>
/// <param name="Unpaid">Amount unpaid on these days.</param>
/// <param name="PerDay">Rate.</param>
/// <param name="Yuan">Exact fee of these days.</param>
public readonly record struct LateFeeLine(DateOnly From, DateOnly To, Money Unpaid, decimal PerDay, decimal Yuan)
{
    public int Days => To.DayNumber - From.DayNumber + 1;
}

/// <param name="Total">Rounded once to the 分, after minimum and cap.</param>
/// <param name="Lines">Days by amount unpaid and rate, in order; their exact sum is <paramref name="Exact"/>.</param>
/// <param name="Exact">Sum of the lines before minimum, cap and rounding.</param>
public sealed record LateFee(Money Total, IReadOnlyList<LateFeeLine> Lines, decimal Exact)
{
    /// <summary>The fee as a bill: its days by amount unpaid, then what the minimum adds or the cap takes off.</summary>
    public RatedBill ToBill(LateFeeRule rule)
    {
        var source = new LineSource(LineKind.LateFee, rule.Code, rule.Name, 0, Band.Whole, null, "day", rule.Notice, rule.From);
        var lines = new List<RatedLine>();
        decimal sum = 0;
        var shown = Money.Zero;
        foreach (var line in Lines)
        {
            sum += line.Yuan;
            var upToHere = Money.OfYuan(sum);
            lines.Add(new(source, null, null, line.Days, line.PerDay, line.Yuan, upToHere - shown, [new("late_fee.unpaid", line.Unpaid.Yuan, "yuan")]));
            shown = upToHere;
        }
        if (Total != shown)
            lines.Add(new(source with { Kind = Total > shown ? LineKind.Minimum : LineKind.Discount, Charge = $"{rule.Code}{(Total > shown ? ".minimum" : ".cap")}", Name = null }, null, null, 1, (Total - shown).Yuan, (Total - shown).Yuan, Total - shown,
                [new("minimum.charged", Exact, "yuan")]));
        return new(rule.Code, Total, 0, lines, []);
    }

    static readonly LateFee None = new(Money.Zero, [], 0);

    /// <summary>Fee of one bill as it stands at the end of a day.</summary>
    /// <param name="rule">The rule that holds for this customer.</param>
    /// <param name="due">Amount that was due.</param>
    /// <param name="dueDay">Last day to pay without a fee.</param>
    /// <param name="paid">Instalments paid, in order of day; only those that pay the bill itself. Below 0: owed from the day after.</param>
    /// <param name="asOf">Day up to which it is counted, itself included while something is unpaid.</param>
    /// <param name="calendar">Needed when the rule moves due dates to work days.</param>
    public static LateFee Of(LateFeeRule rule, Money due, DateOnly dueDay, IReadOnlyList<(DateOnly Day, Money Amount)> paid, DateOnly asOf, WorkCalendar? calendar = null)
    {
        if (rule.DueMovesToWorkDay && calendar is not null && !calendar.IsWorkDay(dueDay)) dueDay = calendar.AddWorkDays(dueDay, 1);
        var unpaid = due;
        var from = dueDay.AddDays(1);
        var lines = new List<LateFeeLine>();
        foreach (var (day, amount) in paid)
        {
            if (day > asOf) break;
            if (day > dueDay.AddDays(rule.GraceDays)) AddDays(from, rule.PaymentDayCounts ? day : day.AddDays(-1));
            unpaid -= amount;
        }
        if (unpaid > Money.Zero && asOf > dueDay.AddDays(rule.GraceDays)) AddDays(from, asOf);
        if (lines.Count == 0) return None;

        if (rule is { AcrossYear: AcrossYear.AllDays, PerDayAfterNewYear: { } later } && lines[^1].To.Year > dueDay.Year)
            lines = [.. lines.Select(l => l with { PerDay = later, Yuan = l.Unpaid.Yuan * later * l.Days })];
        var exact = lines.Sum(l => l.Yuan);
        var fee = Math.Max(exact, rule.MinimumYuan);
        if (rule.CapShare is { } cap) fee = Math.Min(fee, due.Yuan * cap);
        return new(Money.OfYuan(fee), lines, exact);

        void AddDays(DateOnly first, DateOnly last)
        {
            if (last < first) return;
            if (unpaid <= Money.Zero)
            {
                // What is owed again later counts from then on.
                from = last.AddDays(1);
                return;
            }
            var newYear = new DateOnly(dueDay.Year + 1, 1, 1);
            var rate = rule.PerDayAfterNewYear ?? rule.PerDay;
            if (rate != rule.PerDay && first < newYear && last >= newYear && rule.AcrossYear == AcrossYear.DaysAfter)
            {
                AddDays(first, newYear.AddDays(-1));
                first = newYear;
            }
            if (first < newYear || rule.AcrossYear == AcrossYear.AllDays) rate = rule.PerDay;
            lines.Add(new(first, last, unpaid, rate, unpaid.Yuan * rate * (last.DayNumber - first.DayNumber + 1)));
            from = last.AddDays(1);
        }
    }
}
