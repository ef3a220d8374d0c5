using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>What became of a payment.</summary>
/// <param name="State">Pending: the channel has not answered yet; nothing is booked, nothing is printed.</param>
/// <param name="ChangeFen">To hand back.</param>
/// <param name="OrderId">Of a pending payment: what is asked at the channel.</param>
public sealed record PaymentResult(long AccountId, Guid PaymentId, PaymentState State, string Number, string? ReceiptNumber, long AmountFen, long ChangeFen, long ToBalanceFen, long BalanceFen, Guid? OrderId);

/// <summary>收费: takes a customer's money and books it, once per request id. With a code of WeChat or Alipay it only writes down what is going to
/// be asked; <see cref="CollectPayment"/> asks, and <see cref="SettleOrder"/> books what was answered.</summary>
public sealed class TakePayment(Work work, Current current, PaymentTerms terms, LateFeeRules lateFees)
{
    /// <param name="Bills">Numbers of the bills ticked; empty: the amount goes to the oldest first.</param>
    /// <param name="DueFen">Sum of the ticked bills with late fees, as the form showed it; refused when it is not so any more. Null: not compared.</param>
    /// <param name="PartFen">Due parts of the account's instalment agreement that are paid with it, as the form showed them; the agreement's bills are not ticked then. Null: none are paid by themselves.</param>
    /// <param name="AmountFen">What the customer wants to pay; null: exactly the ticked bills. What is above the bills goes to the balance.</param>
    [Needs("payments.take")]
    public sealed record Command(Guid RequestId, long AccountId, IReadOnlyList<string> Bills, long? DueFen, long? AmountFen, IReadOnlyList<Tender> Tenders, Guid? VisitId = null, long? PartFen = null) : ICommand;

    /// <exception cref="Refused">till.not_open; account.not_found; bill.already_paid (says by whom, where, when); bill.not_found; payment.due_changed; payment.part_or_bill;
    /// payment.amount_invalid; balance.not_enough; tender.*; receipt_book.*</exception>
    public Task<PaymentResult> Handle(Command c, CancellationToken ct = default) => work.Once(c, rows => new Rows(rows, current.UserId!.Value, c.AccountId, c.VisitId), async (db, rows) =>
    {
        var chosen = Keys(c);
        var till = rows.Till.OrRefuse("till.not_open");
        var book = rows.Book.OrRefuse("receipt_book.not_found");
        var account = AccountMoney.Of(rows.Balance.OrRefuse("account.not_found"), rows.Bills.Rows, lateFees, till.BusinessDate);
        var dues = chosen.Count == 0 && c.PartFen is null ? account.Dues : await account.Chosen(db, chosen, ct);
        var parts = await account.DueParts(db, till.BusinessDate, ct);
        if (c.PartFen is { } part)
        {
            Refused.If(dues.Any(d => d.Bill.AgreedIn is not null), "payment.part_or_bill");
            Refused.If(part != parts.Fen, "payment.due_changed", new Money(part), parts);
            dues = [.. dues, .. account.Dues.Where(d => d.Bill.AgreedIn is not null)];
        }

        var due = dues.Aggregate(Money.Zero, (sum, d) => sum + (c.PartFen is null || d.Bill.AgreedIn is null ? d.Total : Money.Zero)) + new Money(c.PartFen ?? 0);
        if (c.DueFen is { } shown && shown != due.Fen) throw await WhoWasFirst.Refusal(db, dues, new Money(shown), due, ct);
        var payable = c.AmountFen is { } amount ? new Money(amount) : due;
        Refused.IfField(payable <= Money.Zero || payable.Fen > Tendering.MaxFen, "Amount", "payment.amount_invalid", new Money(Tendering.MaxFen));

        var tendering = Tendering.Of(c.Tenders, payable, terms);
        Refused.IfField(tendering.Of(TenderKind.Balance) > account.Balance.Balance, "Balance", "balance.not_enough", account.Balance.Balance);
        Refused.IfField(tendering.Of(TenderKind.Balance) > due, "Balance", "tender.balance_only_for_bills", due);
        Refused.If(rows.Visit is { } visit && visit.Rows.All(v => v.HallId != till.HallId), "visit.not_found");
        var payment = new Payment(till, c.AccountId, tendering.Total, tendering.Of(TenderKind.Balance), chosen, c.VisitId, db.AtUtc, c.PartFen is not null);
        db.Insert(payment);
        for (var i = 0; i < tendering.Kept.Count; i++)
        {
            var (tender, kept, change) = tendering.Kept[i];
            db.Insert(new PaymentTender
            {
                Bucket = payment.Bucket, PaymentId = payment.Id, Line = (short)(i + 1), Kind = tender.Kind, AmountFen = kept.Fen, ChangeFen = change.Fen, Reference = tender.Reference,
            });
        }

        if (c.Tenders.FirstOrDefault(t => t.Kind is TenderKind.WeChat or TenderKind.Alipay) is { } code)
        {
            var order = new ChannelOrder
            {
                Kind = ChannelOrderKind.Charge, Channel = code.Kind, HallId = till.HallId, TillSessionId = till.Id, AccountId = c.AccountId, PaymentId = payment.Id,
                AmountFen = code.GivenFen, Code = code.Code!, AskedAtUtc = db.AtUtc,
            };
            db.Insert(order);
            foreach (var d in dues) d.Bill.Rest();
            db.Subject = payment.Number;
            return new PaymentResult(c.AccountId, payment.Id, PaymentState.Pending, payment.Number, null, payment.AmountFen, tendering.Change.Fen, 0, account.Balance.BalanceFen, order.Id);
        }

        Booking.Book(db, payment, [.. tendering.Kept.Select(k => (k.Tender.Kind, k.Kept))], Spread.Of(dues, payment.Amount, parts, c.PartFen is not null), account, till, book);
        return new PaymentResult(c.AccountId, payment.Id, payment.State, payment.Number, payment.ReceiptNumber, payment.AmountFen, tendering.Change.Fen, payment.ToBalanceFen, account.Balance.BalanceFen, null);
    }, ct);

    /// <summary>All that a payment rests on, held in the order that everybody keeps: till, book, account. Whoever changes a bill's payment holds the
    /// balance row first, so that the bills need no lock of their own.</summary>
    private sealed class Rows(Gathering rows, Guid clerk, long account, Guid? visit)
    {
        public Held<TillSession> Till { get; } = rows.Hold<TillSession>($"clerk_id = {clerk} and state = 'Open'");
        public Held<ReceiptBook> Book { get; } = rows.Hold<ReceiptBook>($"id = (select receipt_book_id from till_sessions where clerk_id = {clerk} and state = 'Open')");
        public Held<AccountBalance> Balance { get; } = rows.Hold<AccountBalance>($"bucket = {Books.BucketOf(account)} and account_id = {account}");
        public Gathered<CustomerBill> Bills { get; } = rows.All<CustomerBill>($"bucket = {Books.BucketOf(account)} and account_id = {account} and state = 'Issued' order by due_date, period");
        public Gathered<Visit>? Visit { get; } = visit is { } id ? rows.All<Visit>($"id = {id}") : null;
    }

    private static IReadOnlyList<BillKey> Keys(Command c)
    {
        Refused.If(c.Bills.Count > Payment.MaxBills, "payment.too_many_bills", Payment.MaxBills);
        return [.. c.Bills.Distinct().Select(number => BillKey.TryParse(number, out var key) && key.AccountId == c.AccountId ? key : throw new Refused("bill.not_found", number))];
    }
}
