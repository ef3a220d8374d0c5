using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>An account that a bank would be asked for.</summary>
/// <param name="Bills">Oldest first; together not above the agreement's limit.</param>
/// <param name="LeftOut">Bills that the limit left out.</param>
public sealed record DueDebit(DebitAgreement Agreement, IReadOnlyList<CustomerBill> Bills, Money Amount, int LeftOut);

/// <param name="Resting">Accounts that owe but are not asked: refused too often, or again only after some days.</param>
/// <param name="OverLimit">Accounts whose oldest bill alone is above the limit agreed.</param>
public sealed record DueDebitList(IReadOnlyList<DueDebit> Items, int Resting, int OverLimit)
{
    public Money Total => new(Items.Sum(i => i.Amount.Fen));
}

/// <summary>What is due of the accounts with an agreement at a bank.</summary>
public sealed class DueDebits(DebitBanks banks, LateFeeRules lateFees, Current current)
{
    /// <param name="dueUpTo">Bills due up to this day.</param>
    /// <param name="collectOn">Late fee is counted up to this day.</param>
    /// <exception cref="Refused">debit.bank_unknown</exception>
    public async Task<DueDebitList> Of(HallDb db, string bankCode, DateOnly dueUpTo, DateOnly collectOn, CancellationToken ct = default)
    {
        current.Require("debits.make");
        Refused.IfField(banks.Find(bankCode) is null, "BankCode", "debit.bank_unknown");
        var seen = db.BillingAccounts.SeenBy(current);
        var agreements = db.DebitAgreements.Where(a => a.State == DebitState.Active && a.BankCode == bankCode && a.StartsOn <= collectOn && (a.EndsOn == null || a.EndsOn >= collectOn)
            && seen.Any(s => s.Bucket == a.Bucket && s.Id == a.AccountId));
        var asked = db.DebitItems;
        var rows = await (
            from a in agreements
            join b in db.CustomerBills on new { a.Bucket, a.AccountId } equals new { b.Bucket, b.AccountId }
            where b.State == BillState.Issued && b.DueDate <= dueUpTo && b.AgreedIn == null && b.WrittenOffOn == null
                && !asked.Any(i => i.Bucket == a.Bucket && i.AccountId == a.AccountId && i.State == DebitItemState.Open)
            orderby a.Bucket, a.AccountId, b.DueDate, b.Period
            select new { a, b }).ToListAsync(ct);
        var (items, resting, overLimit) = (new List<DueDebit>(), 0, 0);
        foreach (var account in rows.GroupBy(r => r.a.AccountId))
        {
            var agreement = account.First().a;
            if (agreement.Refusals >= banks.MostRefusals || agreement.NotBefore > collectOn)
            {
                resting++;
                continue;
            }

            var (bills, sum) = (new List<CustomerBill>(), Money.Zero);
            foreach (var bill in account.Select(r => r.b).Take(Payment.MaxBills))
            {
                var total = bill.Owing + bill.LateFeeOn(collectOn, lateFees);
                if (agreement.Limit is { } limit && sum + total > limit) break;
                bills.Add(bill);
                sum += total;
            }

            if (sum > Money.Zero) items.Add(new(agreement, bills, sum, account.Count() - bills.Count));
            else overLimit++;
            if (items.Count == DebitBatch.MostItems) break;
        }

        return new(items, resting, overLimit);
    }
}
