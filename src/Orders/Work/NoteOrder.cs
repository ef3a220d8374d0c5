using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>备注、回复: a word in an order's time line, by anybody who sees it.</summary>
public sealed class NoteOrder(Work work, Current current)
{
    [Needs("orders.see")]
    public sealed record Command(Guid RequestId, string Number, string? Words) : ICommand;

    /// <exception cref="Refused">order.not_found; order.words_missing</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Words) || c.Words.Length > ServiceOrder.MostWords, "Words", "order.words_missing", ServiceOrder.MostWords);
        var order = await db.HoldOrder(current, c.Number, ct);
        db.Step(order, "Note", current, c.Words!.Trim());
        db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
        return order.Number;
    }, ct);
}
