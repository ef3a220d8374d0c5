using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>屏上签名: the customer's signature on the screen is kept with the order, once.</summary>
public sealed class SignOrder(Work work, Current current, OrderFlow flow)
{
    /// <param name="AttachmentId">Picture of the signature, attached to the order before.</param>
    [Needs("orders.take")]
    public sealed record Command(Guid RequestId, string Number, Guid AttachmentId) : ICommand;

    /// <exception cref="Refused">order.not_found; order.other_hall; order.signed_already; order.move_not_allowed; attachment.not_found</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var order = await db.HoldOwnOrder(current, c.Number, ct);
        Refused.If(order.IsSigned, "order.signed_already", order.Number);
        Refused.If(!order.WantsSignature(flow.Of(order).Version), "order.move_not_allowed", order.Number);
        Refused.If(!await db.Attachments.AnyAsync(a => a.Id == c.AttachmentId && a.OwnerKind == OrdersModule.OrderPapers && a.OwnerKey == order.Number, ct), "attachment.not_found");
        order.IsSigned = true;
        db.Step(order, "Signed", current);
        return order.Number;
    }, ct);
}
