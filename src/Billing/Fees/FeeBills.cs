using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <param name="Code">Of the pack that asks for it.</param>
public sealed record Fee(string Code, Bilingual Name, Money Amount);

/// <summary>业务费: what a piece of business costs is a bill of the account, beside those of its months, so that it is paid, receipted, booked and taken back as they are.
/// Its period is the year and a place after the months (13–99).</summary>
public sealed class FeeBills(LineSources sources, AdjustBill adjust)
{
    /// <summary>First place after the months: <c>period % 100</c> is below it for a month, for those who ask in SQL.</summary>
    public const int FirstPlace = 13;
    private const int LastPlace = 99;
    /// <summary>Days to pay; what must be paid sooner waits for it.</summary>
    private const int DueDays = 90;

    public static bool Is(int period) => period % 100 >= FirstPlace;

    /// <summary>2026-1: the first fee of the year.</summary>
    public static string Label(int period) => string.Create(CultureInfo.InvariantCulture, $"{period / 100}-{period % 100 - FirstPlace + 1}");

    /// <param name="forWhat">Document that asks for the fees.</param>
    /// <param name="fees">1 or more, each above zero.</param>
    /// <exception cref="Refused">account.not_found; fee.too_many</exception>
    public async Task<CustomerBill> Charge(HallDb db, long accountId, Guid forWhat, IReadOnlyList<Fee> fees, CancellationToken ct)
    {
        var bucket = BillingAccount.BucketOf(accountId);
        // An account that was made in this command has its balance when its event is handled; nobody else knows it yet.
        var balance = await db.AccountBalances.HoldOrNull(b => b.Bucket == bucket && b.AccountId == accountId, ct) ?? AccountBalance.Of(accountId);
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var (first, last) = (today.Year * 100 + FirstPlace, today.Year * 100 + LastPlace);
        var taken = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == accountId && b.Period >= first && b.Period <= last).MaxAsync(b => (int?)b.Period, ct) ?? first - 1;
        taken = db.CustomerBills.Local.Where(b => b.AccountId == accountId && b.IsFee).Select(b => b.Period).Append(taken).Max();
        Refused.If(taken >= last, "fee.too_many", today.Year);
        var bill = new CustomerBill
        {
            Bucket = bucket, AccountId = accountId, Period = taken + 1, Issue = 0, RunId = forWhat, TariffCode = "fee", FromDay = today, ToDay = today, FromReadOn = today,
            AmountFen = fees.Sum(f => f.Amount.Fen), MadeAtUtc = db.AtUtc,
        };
        bill.Release(today.AddDays(DueDays), db.AtUtc);
        var lines = fees.Select((fee, n) => new BillLine
        {
            Bucket = bucket, AccountId = accountId, Period = bill.Period, Issue = 0, LineNumber = (short)(n + 1), QuantityMicro = 1_000_000, PriceE8 = fee.Amount.Fen * 1_000_000, AmountFen = fee.Amount.Fen,
            SourceId = sources.IdOf(new LineSource(LineKind.OneOff, fee.Code, fee.Name, 0, Band.Whole, null, "item", "", new(2000, 1, 1))),
        }).ToList();
        await sources.Keep(db, lines, ct);
        db.Add(bill);
        db.AddRange(lines);
        BillBooks.Release(db, bill, balance, new BusinessDate(today));
        return bill;
    }

    /// <summary>The business did not come about: an unpaid fee is withdrawn, a paid one goes to the account's balance.</summary>
    /// <exception cref="Refused">bill.not_found; adjustment.too_many; agreement.binds_bill</exception>
    public async Task TakeBack(HallDb db, string number, string why, CancellationToken ct)
    {
        if (!BillKey.TryParse(number, out var key)) throw new Refused("bill.not_found");
        var bucket = key.Bucket;
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == key.AccountId, orRefuse: "bill.not_found", ct);
        var bill = await db.CustomerBills.Hold(b => b.Bucket == bucket && b.AccountId == key.AccountId && b.Period == key.Period && b.Issue == key.Issue, orRefuse: "bill.not_found", ct);
        if (!bill.IsReleased || bill.AmountFen == 0) return;
        if (bill.PaidFen + bill.LateFeePaidFen > 0)
        {
            await adjust.Book(db, bill, balance, -bill.Amount, AdjustmentReason.Other, why, ct);
            return;
        }

        bill.Cancel();
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        db.PostToAccount(bill.AccountId, BillBooks.Cancelled(bill.Number, bill.Amount, new BusinessDate(today)));
        await AgreementEnds.Look(db, bill, ct);
        await balance.EndArrearsWhenClear(db, today, ct);
    }
}

public static class FeeBillRows
{
    /// <summary>Only the bills of months: what usage, tiers and readings follow from.</summary>
    public static IQueryable<CustomerBill> OfMonths(this IQueryable<CustomerBill> bills) => bills.Where(b => b.Period % 100 < FeeBills.FirstPlace);
}
