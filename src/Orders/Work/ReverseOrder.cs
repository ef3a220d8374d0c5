using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>返销: takes a completed order back whole, by four eyes: what it did is undone, its fees go back.</summary>
public sealed class ReverseOrder(Work work, Current current, OrderFlow flow)
{
    [Needs("orders.reverse")]
    [FourEyes("orders.reverse_approve")]
    public sealed record Command(Guid RequestId, string Number, string? Words) : ICommand;

    /// <exception cref="Refused">approval.needed; order.not_found; order.other_hall; order.move_not_allowed; order.words_missing; order.not_reversible; what a mechanism refuses</exception>
    public Task<OrderState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Words) || c.Words.Length > ServiceOrder.MostWords, "Words", "order.words_missing", ServiceOrder.MostWords);
        var order = await db.HoldOwnOrder(current, c.Number, ct);
        Refused.If(!OrderMoves.Allows(order.State, OrderAction.Reverse), "order.move_not_allowed", order.Number);
        await flow.TakeBack(db, order, everything: true, c.Words!.Trim(), ct);
        order.ValidUntil = null;
        db.Step(order, nameof(OrderAction.Reverse), current, $"{c.Words!.Trim()} ({db.ApprovedByName()})");
        order.Move(OrderAction.Reverse, db.AtUtc);
        db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
        return order.State;
    }, ct);
}

/// <summary>A whole reversal as the second person reads it.</summary>
sealed class DescribeOrderReversal(HallDb db, BusinessServices services, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReverseOrder);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReverseOrder.Command>()!;
        var order = await db.ServiceOrders.SingleOrDefaultAsync(o => o.Number == command.Number, ct);
        return order is null ? null : new(texts["order.reverse_words", order.Number, services.NameOf(order.Service), Masked.Name(order.ApplicantName), command.Words ?? ""], new(order.FeeFen), "/orders/" + order.Number);
    }
}
