using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A part as it stands on a day.</summary>
/// <param name="Left">Of its amount, still to pay.</param>
public sealed record PartToday(InstalmentPart Part, Money Left, bool IsDue, bool IsMissed)
{
    public bool IsPaid => Left <= Money.Zero;
}

/// <summary>How an agreement stands: what was paid on its bills since it was signed covers its parts in their order.</summary>
/// <param name="Covered">Paid, waived or credited since the signing.</param>
/// <param name="Remaining">Owing and late fee of its bills today.</param>
public sealed record AgreementStanding(InstalmentAgreement Agreement, IReadOnlyList<PartToday> Parts, Money Covered, Money Remaining)
{
    /// <summary>To pay now: parts that are due; once the last is due, all that is left, with what late fee came up since.</summary>
    public Money DueNow => Parts.All(p => p.IsDue) ? Remaining : Money.Min(Remaining, Parts.Where(p => p.IsDue).Aggregate(Money.Zero, (sum, p) => sum + p.Left));

    public PartToday? Next => Remaining == Money.Zero ? null : Parts.FirstOrDefault(p => !p.IsPaid);

    /// <summary>The part that breaks it; null: none does.</summary>
    public PartToday? Missed => Remaining == Money.Zero ? null : Parts.FirstOrDefault(p => p.IsMissed) ?? (Parts[^1] is { } last && IsPast(Agreement, last.Part, Day) ? last : null);

    public DateOnly Day { get; private init; }

    /// <param name="bills">The covered bills as they are now.</param>
    public static AgreementStanding Of(InstalmentAgreement agreement, IEnumerable<InstalmentPart> parts, IEnumerable<InstalmentBill> agreed, IEnumerable<CustomerBill> bills, DateOnly day, LateFeeRules lateFees)
    {
        var now = bills.ToDictionary(b => b.Key);
        var covered = new Money(agreed.Sum(a => now.TryGetValue(a.Key, out var b)
            ? Math.Max(0, b.PaidFen + b.LateFeePaidFen + b.LateFeeWaivedFen - a.PaidFen + Math.Max(0, a.AmountFen - b.AmountFen)) : 0));
        var remaining = new Money(now.Values.Sum(b => b.Owing.Fen + b.LateFeeOn(day, lateFees).Fen));
        var left = covered;
        var today = new List<PartToday>();
        foreach (var part in parts.OrderBy(p => p.Part))
        {
            var paid = Money.Min(left, part.Amount);
            left -= paid;
            // Bills that are settled leave nothing to pay, whatever a part said.
            var open = remaining == Money.Zero ? Money.Zero : part.Amount - paid;
            today.Add(new(part, open, part.DueOn <= day, open > Money.Zero && IsPast(agreement, part, day)));
        }

        return new(agreement, today, covered, remaining) { Day = day };
    }

    /// <summary>The account's active agreement; null: it has none.</summary>
    public static async Task<AgreementStanding?> OfAccount(HallDb db, long accountId, DateOnly day, LateFeeRules lateFees, CancellationToken ct)
    {
        var bucket = Books.BucketOf(accountId);
        var agreement = await db.InstalmentAgreements.SingleOrDefaultAsync(a => a.Bucket == bucket && a.AccountId == accountId && a.State == AgreementState.Active, ct);
        return agreement is null ? null : await Of(db, agreement, day, lateFees, ct);
    }

    public static async Task<AgreementStanding> Of(HallDb db, InstalmentAgreement agreement, DateOnly day, LateFeeRules lateFees, CancellationToken ct)
    {
        var (bucket, id, sequence) = (agreement.Bucket, agreement.AccountId, agreement.Sequence);
        var parts = await db.InstalmentParts.Where(p => p.Bucket == bucket && p.AccountId == id && p.Sequence == sequence).ToListAsync(ct);
        var agreed = await db.InstalmentBills.Where(b => b.Bucket == bucket && b.AccountId == id && b.Sequence == sequence).ToListAsync(ct);
        var periods = agreed.Select(a => a.Period).ToList();
        var bills = await db.CustomerBills.AsNoTracking().Where(b => b.Bucket == bucket && b.AccountId == id && periods.Contains(b.Period)).ToListAsync(ct);
        return Of(agreement, parts, agreed, bills.Where(b => agreed.Exists(a => a.Key == b.Key)), day, lateFees);
    }

    private static bool IsPast(InstalmentAgreement agreement, InstalmentPart part, DateOnly day) => day > part.DueOn.AddDays(agreement.GraceDays);
}
