using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Halls;

namespace OpenHall.Payments;

/// <summary>A reversal as the second person reads it: which receipt, whose, how much, why.</summary>
sealed class DescribeReversal(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReversePayment);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReversePayment.Command>()!;
        var bucket = Books.BucketOf(command.AccountId);
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.Bucket == bucket && p.AccountId == command.AccountId && p.Id == command.PaymentId, ct);
        var whose = await AccountOwner.Of(db, db.BillingAccounts.Where(a => a.Id == command.AccountId), ct);
        if (payment is null || whose is null) return null;
        var words = texts["payments.words.reverse", payment.Number, whose.Number, whose.MaskedName, LocalTime.DayAndTime(payment.TakenAtUtc), payment.ClerkName, payment.Amount, command.Reason.Trim()];
        return new(words, payment.Amount, payment.ReceiptNumber is { } number ? "/receipt/" + number : "/account/" + whose.Number);
    }
}
