using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>What a bill's release, or its cancelling, is in the account's books.</summary>
static class BillBooks
{
    /// <summary>Asked for: receivable against revenue. Given back: revenue against the account's balance, which the caller credits.</summary>
    /// <param name="amount">Not zero.</param>
    public static JournalEntry Released(string number, Money amount, BusinessDate on) => amount > Money.Zero
        ? new("bill", number, on, Posting.ToDebit(AccountCodes.Receivable, amount), Posting.ToCredit(AccountCodes.Revenue, amount))
        : new("bill", number, on, Posting.ToDebit(AccountCodes.Revenue, -amount), Posting.ToCredit(AccountCodes.CustomerBalance, -amount));

    /// <summary>A released bill goes into the account's books, and what it gives back to the balance.</summary>
    public static void Release(HallDb db, CustomerBill bill, AccountBalance balance, BusinessDate on)
    {
        if (bill.AmountFen < 0) balance.Credit(-bill.Amount);
        if (bill.AmountFen != 0) db.PostToAccount(bill.AccountId, Released(bill.Number, bill.Amount, on));
    }

    /// <summary>The same taken back.</summary>
    public static JournalEntry Cancelled(string number, Money amount, BusinessDate on) => amount > Money.Zero
        ? new("bill.cancelled", number, on, Posting.ToDebit(AccountCodes.Revenue, amount), Posting.ToCredit(AccountCodes.Receivable, amount))
        : new("bill.cancelled", number, on, Posting.ToDebit(AccountCodes.CustomerBalance, -amount), Posting.ToCredit(AccountCodes.Revenue, -amount));
}
