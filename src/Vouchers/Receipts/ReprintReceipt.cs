using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>补打: prints a receipt once more; each time is counted and the paper carries 重打.</summary>
public sealed class ReprintReceipt(Work work, Current current)
{
    [Needs("receipts.reprint")]
    public sealed record Command(Guid RequestId, string Number) : ICommand;

    /// <returns>How many times it has been printed again, this one included.</returns>
    /// <exception cref="Refused">receipt.not_found; receipt.already_void; hall.out_of_reach</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var receipt = await db.Receipts.Hold(r => r.Number == c.Number, orRefuse: "receipt.not_found", ct);
        await db.HallInReach(current, receipt.HallId, ct);
        Refused.If(receipt.State == ReceiptState.Void, "receipt.already_void", receipt.Number, receipt.VoidReason!);
        db.Subject = receipt.Number;
        return receipt.PrintAgain();
    }, ct);
}
