using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

/// <summary>A payment as its receipt shows it.</summary>
public sealed class ReceiptFile(HallDb db, Current current)
{
    /// <param name="UsageWh">Energy of the bill.</param>
    public sealed record Line(BillKey Bill, long UsageWh, Money Amount, Money LateFee);

    /// <param name="Receipt">Null: the payment has none (from the balance alone, or not booked).</param>
    public sealed record View(Payment Payment, Receipt? Receipt, Reversal? Reversal, Hall Hall, string AccountNumber, string MaskedName, string MaskedAddress, IReadOnlyList<Line> Lines, IReadOnlyList<PaymentTender> Tenders)
    {
        public Money Change => new(Tenders.Sum(t => t.ChangeFen));
        public Money CashGiven => new(Tenders.Where(t => t.Kind == TenderKind.Cash).Sum(t => t.AmountFen + t.ChangeFen));
    }

    /// <param name="number">Receipt number, or a payment's own.</param>
    /// <param name="accountId">Needed for a payment without receipt.</param>
    /// <exception cref="Refused">receipt.not_found; hall.out_of_reach; permission.missing</exception>
    public async Task<View> Of(string number, long? accountId = null, CancellationToken ct = default)
    {
        current.Require("receipts.see");
        var receipt = await db.Receipts.SingleOrDefaultAsync(r => r.Number == number, ct);
        var account = receipt?.AccountId ?? accountId ?? throw new Refused("receipt.not_found") { Field = "q" };
        var bucket = Books.BucketOf(account);
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.Bucket == bucket && p.AccountId == account && p.Number == number, ct) ?? throw new Refused("receipt.not_found") { Field = "q" };
        var hall = await db.HallInReach(current, payment.HallId, ct);
        var lines = await (from a in db.PaymentAllocations
                           where a.Bucket == bucket && a.AccountId == account && a.PaymentId == payment.Id
                           join b in db.CustomerBills on new { a.Bucket, a.AccountId, a.Period, a.Issue } equals new { b.Bucket, b.AccountId, b.Period, b.Issue }
                           orderby a.Period, a.Issue
                           select new { a.Period, a.Issue, b.UsageWh, a.AmountFen, a.LateFeeFen }).ToListAsync(ct);
        var tenders = await db.PaymentTenders.Where(t => t.Bucket == bucket && t.PaymentId == payment.Id).OrderBy(t => t.Line).ToListAsync(ct);
        var reversal = payment.State == PaymentState.Reversed ? await db.Reversals.SingleOrDefaultAsync(r => r.Bucket == bucket && r.PaymentId == payment.Id, ct) : null;
        var who = await (from a in db.BillingAccounts
                         where a.Id == account
                         join c in db.Customers on a.CustomerId equals c.Id
                         select new { a.Number, Customer = c }).SingleAsync(ct);
        var address = await db.SupplyPoints.Where(p => p.AccountId == account).Select(p => p.Address).FirstOrDefaultAsync(ct);
        return new(payment, receipt, reversal, hall, who.Number, who.Customer.MaskedName, address is null ? "" : Masked.Address(address),
            [.. lines.Select(l => new Line(new(account, l.Period, l.Issue), l.UsageWh, new(l.AmountFen), new(l.LateFeeFen)))], tenders);
    }
}
