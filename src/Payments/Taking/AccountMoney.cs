using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>An account's money, held: its balance row is the lock, its unpaid bills come with their late fee of the day.</summary>
sealed class AccountMoney
{
    private AccountMoney(AccountBalance balance, IReadOnlyList<Due> dues, LateFeeRules rules) => (Balance, Dues, Rules) = (balance, dues, rules);

    public AccountBalance Balance { get; }

    public LateFeeRules Rules { get; }

    /// <summary>All unpaid bills.</summary>
    public IReadOnlyList<Due> Dues { get; }

    /// <summary>From rows that a command gathered.</summary>
    public static AccountMoney Of(AccountBalance balance, IReadOnlyList<CustomerBill> bills, LateFeeRules lateFees, BusinessDate date) =>
        new(balance, [.. bills.Select(b => new Due(b, b.LateFeeOn(date.Day, lateFees)))], lateFees);

    /// <exception cref="Refused">account.not_found</exception>
    public static async Task<AccountMoney> Hold(HallDb db, long accountId, LateFeeRules lateFees, BusinessDate date, CancellationToken ct)
    {
        var bucket = Books.BucketOf(accountId);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == accountId, orRefuse: "account.not_found", ct);
        // Whoever changes a bill's payment holds the balance row first, so that the bills need no lock of their own.
        var bills = await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == accountId && b.State == BillState.Issued)
            .OrderBy(b => b.DueDate).ThenBy(b => b.Period).ToListAsync(ct);
        return Of(balance, bills, lateFees, date);
    }

    /// <summary>What is due of the account's instalment agreement; asks the database only where a bill is covered by one.</summary>
    public async Task<Money> DueParts(HallDb db, BusinessDate date, CancellationToken ct) =>
        Dues.Any(d => d.Bill.AgreedIn is not null) && await AgreementStanding.OfAccount(db, Balance.AccountId, date.Day, Rules, ct) is { } standing ? standing.DueNow : Money.Zero;

    /// <summary>Chosen bills that were written off: whoever pays one by its number pays it after all. What stays unpaid rests again (<see cref="Booking"/>).</summary>
    public async Task<IReadOnlyList<Due>> Revived(HallDb db, IReadOnlyList<BillKey> chosen, CancellationToken ct)
    {
        var (bucket, account) = (Balance.Bucket, Balance.AccountId);
        var periods = chosen.Where(k => Dues.All(d => d.Bill.Key != k)).Select(k => k.Period).ToList();
        if (periods.Count == 0) return [];
        var bills = await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == account && b.State == BillState.WrittenOff && periods.Contains(b.Period)).ToListAsync(ct);
        var revived = bills.Where(b => chosen.Contains(b.Key)).ToList();
        foreach (var bill in revived) bill.Revive();
        return [.. revived.Select(b => new Due(b, Money.Zero))];
    }

    /// <summary>The chosen ones among the unpaid.</summary>
    /// <exception cref="Refused">bill.already_paid; bill.not_found</exception>
    public async Task<IReadOnlyList<Due>> Chosen(HallDb db, IReadOnlyList<BillKey> chosen, CancellationToken ct)
    {
        var dues = Dues.Where(d => chosen.Contains(d.Bill.Key)).ToList();
        if (dues.Count == chosen.Count) return dues;
        var revived = await Revived(db, chosen, ct);
        if (dues.Count + revived.Count == chosen.Count) return [.. dues, .. revived];
        throw await WhoWasFirst.Refusal(db, chosen.First(k => dues.All(d => d.Bill.Key != k)), ct);
    }
}

/// <summary>Two counters, one bill: the second hears who was first, where and when.</summary>
static class WhoWasFirst
{
    public static async Task<Refused> Refusal(HallDb db, BillKey bill, CancellationToken ct)
    {
        var first = await Last(db, [bill], ct);
        if (first is not null) return new Refused("bill.already_paid", bill.Number, first.ClerkName, first.CounterName, Shown.Text(first.ConfirmedAtUtc ?? first.TakenAtUtc));
        var isThere = await db.CustomerBills.AnyAsync(b => b.Bucket == bill.Bucket && b.AccountId == bill.AccountId && b.Period == bill.Period && b.Issue == bill.Issue, ct);
        return isThere ? new Refused("bill.not_payable", bill.Number) : new Refused("bill.not_found", bill.Number);
    }

    public static async Task<Refused> Refusal(HallDb db, IReadOnlyList<Due> dues, Money shown, Money due, CancellationToken ct)
    {
        var first = await Last(db, [.. dues.Select(d => d.Bill.Key)], ct);
        return first is null
            ? new Refused("payment.due_changed", shown, due)
            : new Refused("payment.due_changed_by", shown, due, first.ClerkName, first.CounterName, Shown.Text(first.ConfirmedAtUtc ?? first.TakenAtUtc));
    }

    private static async Task<Payment?> Last(HallDb db, IReadOnlyList<BillKey> bills, CancellationToken ct)
    {
        if (bills.Count == 0) return null;
        var (bucket, account) = (bills[0].Bucket, bills[0].AccountId);
        var periods = bills.Select(b => b.Period).ToList();
        return await (from allocation in db.PaymentAllocations
                      where allocation.Bucket == bucket && allocation.AccountId == account && periods.Contains(allocation.Period)
                      join payment in db.Payments on new { allocation.Bucket, Id = allocation.PaymentId } equals new { payment.Bucket, payment.Id }
                      where payment.State == PaymentState.Confirmed
                      orderby payment.TakenAtUtc descending
                      select payment).FirstOrDefaultAsync(ct);
    }
}
