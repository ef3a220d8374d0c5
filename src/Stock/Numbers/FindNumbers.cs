using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>选号: free numbers by their beginning, their end, the kind of their end, without a four, by grade. Each question is one range of one index.</summary>
public sealed class FindNumbers(HallDb db, Current current)
{
    /// <summary>Numbers on one page of the choice.</summary>
    public const int MostShown = 40;

    /// <param name="Head">Digits at the beginning.</param>
    /// <param name="Tail">Digits at the end.</param>
    public sealed record Asked(string? Head = null, string? Tail = null, TailKind Kind = TailKind.None, bool WithoutFour = false, string? Grade = null, NumberState State = NumberState.Idle);

    /// <exception cref="Refused">permission.missing; number.pattern_wrong</exception>
    public async Task<IReadOnlyList<PoolNumber>> Find(Asked asked, CancellationToken ct = default)
    {
        current.Require("numbers.see");
        var (head, tail) = (Digits(asked.Head, "Head"), Digits(asked.Tail, "Tail"));
        var units = current.UnitsSeen;
        Refused.If(units.Count == 0, "account.out_of_reach");
        var state = asked.State;
        var numbers = db.PoolNumbers.Where(n => n.State == state);
        if (asked.Kind != TailKind.None) numbers = numbers.Where(n => n.Tail == asked.Kind);
        // Ranges, not patterns: an index serves them whatever the collation.
        if (tail.Length > 0) numbers = Between(numbers, NumberPattern.Reversed(tail), isTail: true);
        if (head.Length > 0) numbers = Between(numbers, head, isTail: false);
        if (asked.WithoutFour) numbers = numbers.Where(n => !n.HasFour);
        if (asked.Grade is { Length: > 0 } grade) numbers = numbers.Where(n => n.Grade == grade);
        // What is one's own unit's, and what lies above it: a province's pool serves all its halls.
        if (current.Scope != DataScope.All) numbers = numbers.Where(n => units.Any(u => EF.Functions.Like(u, n.UnitPath + "%") || EF.Functions.Like(n.UnitPath, u + "%")));
        var sorted = tail.Length > 0 ? numbers.OrderBy(n => n.Backwards) : numbers.OrderBy(n => n.Number);
        return await sorted.Take(MostShown).ToListAsync(ct);
    }

    private static IQueryable<PoolNumber> Between(IQueryable<PoolNumber> numbers, string from, bool isTail)
    {
        // The character after nine ends the range.
        var to = from + ":";
        return isTail ? numbers.Where(n => string.Compare(n.Backwards, from) >= 0 && string.Compare(n.Backwards, to) < 0) : numbers.Where(n => string.Compare(n.Number, from) >= 0 && string.Compare(n.Number, to) < 0);
    }

    private static string Digits(string? typed, string field)
    {
        var text = (typed ?? "").Trim();
        Refused.IfField(text.Length > PoolNumber.Digits || text.Any(c => !char.IsAsciiDigit(c)), field, "number.pattern_wrong");
        return text;
    }

    /// <summary>Days that the free numbers last at the pace of the last thirty; null: none was taken.</summary>
    public async Task<(long Idle, long Taken, int? DaysLeft)> Forecast(DateTime nowUtc, CancellationToken ct = default)
    {
        current.Require("numbers.see");
        var since = nowUtc.AddDays(-PaceDays);
        var idle = await db.PoolNumbers.LongCountAsync(n => n.State == NumberState.Idle, ct);
        var taken = await db.NumberSteps.LongCountAsync(s => s.Action == NumberAction.Use && s.AtUtc >= since, ct);
        return (idle, taken, taken == 0 ? null : (int)(idle * PaceDays / taken));
    }

    private const int PaceDays = 30;
}
