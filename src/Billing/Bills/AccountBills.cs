using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>A bill with its late fee of today.</summary>
public sealed record BillToday(CustomerBill Bill, Money LateFee)
{
    public Money Total => Bill.Owing + LateFee;
}

/// <summary>An account's money and energy at a glance.</summary>
public sealed record AccountView(AccountFile File, Money Balance, IReadOnlyList<BillToday> Bills, IReadOnlyList<MeterReading> Readings, IReadOnlyList<BillAdjustment> Adjustments)
{
    public IReadOnlyList<BillToday> Unpaid => [.. Bills.Where(b => b.Bill.State == BillState.Issued)];
    public Money Owing => new(Unpaid.Sum(b => b.Total.Fen));
}

/// <summary>Reads an account with its bills and readings, newest first.</summary>
public sealed class AccountBills(HallDb db, Current current, CustomerFile files, LateFeeRules lateFees, TimeProvider clock)
{
    /// <summary>Bills and readings shown: three years of months.</summary>
    public const int MostShown = 36;

    /// <exception cref="Refused">account.not_found</exception>
    public async Task<AccountView> Of(string number, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var file = await files.OfAccount(number, ct);
        var (bucket, id) = (file.Account.Bucket, file.Account.Id);
        var today = DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));
        var balance = await db.AccountBalances.Where(b => b.Bucket == bucket && b.AccountId == id).Select(b => b.BalanceFen).SingleOrDefaultAsync(ct);
        var bills = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == id).OrderByDescending(b => b.Period).ThenByDescending(b => b.Issue).Take(MostShown).ToListAsync(ct);
        var readings = await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == id).OrderByDescending(r => r.ReadOn).ThenByDescending(r => r.Revision).Take(MostShown).ToListAsync(ct);
        var adjustments = await db.BillAdjustments.Where(a => a.Bucket == bucket && a.AccountId == id).OrderByDescending(a => a.AtUtc).Take(MostShown).ToListAsync(ct);
        return new(file, new(balance), [.. bills.Select(b => new BillToday(b, b.LateFeeOn(today, lateFees)))], readings, adjustments);
    }
}
