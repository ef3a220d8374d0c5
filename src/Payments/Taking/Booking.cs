using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>Books a payment whose tenders are all known to be good: bills, balance, receipt number, till, and both sides of the ledger.</summary>
static class Booking
{
    public static Task<ReceiptBook> HoldBook(HallDb db, TillSession till, CancellationToken ct) =>
        db.ReceiptBooks.Hold(b => b.Id == till.ReceiptBookId, orRefuse: "receipt_book.not_found", ct);

    /// <exception cref="Refused">receipt_book.not_yours; receipt_book.not_confirmed; receipt_book.used_up; balance.not_enough</exception>
    public static void Book(HallDb db, Payment payment, IReadOnlyList<(TenderKind Kind, Money Amount)> tenders, Spread spread, AccountMoney account, TillSession till, ReceiptBook book)
    {
        var (date, at) = (till.BusinessDate, db.AtUtc);
        BookAccount(db, payment, spread, account, date);
        // Money from the balance had its receipt when it came in.
        Receipt? receipt = payment.MoneyIn > Money.Zero
            ? Receipt.Use(book, till.ClerkId, till.ClerkName, date, payment.MoneyIn, "payment", payment.AccountId, payment.Id, at)
            : null;
        if (receipt is not null) db.Insert(receipt);
        payment.Confirm(spread, receipt?.Number, account.Balance.Balance, at);
        Move(db, till, MovementKind.Payment, payment.Number, tenders);
        if (payment.MoneyIn > Money.Zero) db.Post(HallSide("payment", payment.Number, date, tenders), till.HallId);
        db.PostToAccount(payment.AccountId, AccountSide("payment", payment, date), till.HallId);
        if (payment.VisitId is { } visit)
            db.Insert(new VisitStep { VisitId = visit, AtUtc = at, Kind = "paid", StaffId = till.ClerkId, StaffName = till.ClerkName, Detail = payment.Number });
        db.Subject = payment.Number;
        db.Raise(new PaymentTaken(payment.AccountId, payment.Id, payment.Number, payment.AmountFen, payment.VisitId));
    }

    /// <summary>What a payment does to its account, wherever it came from: bills, balance, and what hangs on them.</summary>
    /// <exception cref="Refused">balance.not_enough</exception>
    public static void BookAccount(HallDb db, Payment payment, Spread spread, AccountMoney account, BusinessDate date)
    {
        foreach (var share in spread.Shares)
        {
            share.Bill.Settle(share.Amount, share.LateFee, date.Day, account.Rules);
            db.Insert(new PaymentAllocation
            {
                Bucket = payment.Bucket, AccountId = payment.AccountId, Period = share.Bill.Period, Issue = share.Bill.Issue, PaymentId = payment.Id,
                AmountFen = share.Amount.Fen, LateFeeFen = share.LateFee.Fen,
            });
        }

        var recovered = spread.Shares.Where(s => s.Bill.WrittenOffOn is not null).ToList();
        foreach (var share in recovered)
        {
            WriteOffRecovery.Book(db, share.Bill, share.Amount, payment.Number, date);
            share.Bill.Rest();
        }

        account.Balance.Spend(new(payment.FromBalanceFen));
        account.Balance.Credit(spread.Rest);
        if (account.Dues.All(d => d.Bill.State != BillState.Issued || d.Bill.DueDate >= date.Day)) account.Balance.EndArrears(db);
        foreach (var sequence in spread.Shares.Select(s => s.Bill.AgreedIn).OfType<short>().Distinct())
            if (account.Dues.All(d => d.Bill.AgreedIn != sequence || d.Bill.State != BillState.Issued)) db.Raise(new AgreementPaid(payment.AccountId, sequence));
        if (account.Balance.IsPrepaid) db.Raise(new PrepaidMoneyMoved(payment.AccountId, account.Balance.BalanceFen, account.Dues.Sum(d => d.Bill.Owing.Fen)));
        // A supply that was cut off for what was written off comes back when that is paid.
        if (recovered.Count > 0 && account.Balance is { ArrearsStep: null, ArrearsEpisode: > 0 } && recovered.TrueForAll(s => s.Bill.State == BillState.Settled)) db.Raise(new ArrearsCleared(payment.AccountId, account.Balance.ArrearsEpisode));
    }

    public static void Move(HallDb db, TillSession till, MovementKind kind, string reference, IEnumerable<(TenderKind Kind, Money Amount)> tenders)
    {
        foreach (var (tender, amount) in tenders.Where(t => t.Kind != TenderKind.Balance))
        {
            db.Insert(new TillMovement
            {
                TillSessionId = till.Id, HallId = till.HallId, BusinessDate = till.BusinessDate, Kind = kind, Tender = tender,
                AmountFen = kind == MovementKind.Payment ? amount.Fen : -amount.Fen, Reference = reference, AtUtc = db.AtUtc,
            });
        }
    }

    /// <summary>Money came to the hall (debit) for the customers' side (credit clearing).</summary>
    public static JournalEntry HallSide(string kind, string reference, BusinessDate date, IEnumerable<(TenderKind Kind, Money Amount)> tenders)
    {
        var moneyIn = tenders.Where(t => t.Kind != TenderKind.Balance).ToList();
        var total = moneyIn.Aggregate(Money.Zero, (sum, t) => sum + t.Amount);
        return new(kind, reference, date, [.. moneyIn.Select(t => Posting.ToDebit(AccountOf(t.Kind), t.Amount, SubOf(t.Kind))), Posting.ToCredit(AccountCodes.Clearing, total)]);
    }

    /// <summary>The hall owes the money to the account (debit clearing), which pays its bills and late fees and keeps the rest (credit).</summary>
    public static JournalEntry AccountSide(string kind, Payment payment, BusinessDate date)
    {
        var lines = new List<Posting>();
        if (payment.MoneyIn > Money.Zero) lines.Add(Posting.ToDebit(AccountCodes.Clearing, payment.MoneyIn));
        if (payment.FromBalanceFen > 0) lines.Add(Posting.ToDebit(AccountCodes.CustomerBalance, new(payment.FromBalanceFen)));
        if (payment.BillsFen > 0) lines.Add(Posting.ToCredit(AccountCodes.Receivable, new(payment.BillsFen)));
        if (payment.LateFeeFen > 0) lines.Add(Posting.ToCredit(AccountCodes.LateFeeIncome, new(payment.LateFeeFen)));
        if (payment.ToBalanceFen > 0) lines.Add(Posting.ToCredit(AccountCodes.CustomerBalance, new(payment.ToBalanceFen)));
        return new(kind, payment.Number, date, lines);
    }

    /// <summary>The account side taken back, from where the money is now.</summary>
    public static JournalEntry AccountBack(string kind, string number, Payment payment, MoneyBack back, BusinessDate date)
    {
        var lines = new List<Posting>();
        var fromBalance = new Money(payment.ToBalanceFen) + back.FromBalance;
        if (back.Bills > Money.Zero) lines.Add(Posting.ToDebit(AccountCodes.Receivable, back.Bills));
        if (back.LateFees > Money.Zero) lines.Add(Posting.ToDebit(AccountCodes.LateFeeIncome, back.LateFees));
        if (fromBalance > Money.Zero) lines.Add(Posting.ToDebit(AccountCodes.CustomerBalance, fromBalance));
        if (payment.MoneyIn > Money.Zero) lines.Add(Posting.ToCredit(AccountCodes.Clearing, payment.MoneyIn));
        if (payment.FromBalanceFen > 0) lines.Add(Posting.ToCredit(AccountCodes.CustomerBalance, new(payment.FromBalanceFen)));
        return new(kind, number, date, lines);
    }

    public static string AccountOf(TenderKind kind) => kind switch
    {
        TenderKind.Cash => AccountCodes.Cash,
        TenderKind.Card or TenderKind.DirectDebit => AccountCodes.Bank,
        _ => AccountCodes.Channels,
    };

    private static string? SubOf(TenderKind kind) => kind is TenderKind.WeChat or TenderKind.Alipay ? kind.ToString() : null;
}

/// <summary>A payment is booked. Live pages of the account and the visit hear of it.</summary>
public sealed record PaymentTaken(long AccountId, Guid PaymentId, string Number, long AmountFen, Guid? VisitId);
