using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>完成环节: what was done at a stage is filled in; its mechanism runs, and the order goes to the next stage or is done.</summary>
public sealed class FinishStage(Work work, Current current, OrderFlow flow)
{
    /// <param name="Number">Of the order.</param>
    /// <param name="Stage">Stage that the form was of: another is refused.</param>
    /// <param name="Data">What was filled in, by field.</param>
    [Needs("orders.work")]
    public sealed record Command(Guid RequestId, string Number, string Stage, IReadOnlyDictionary<string, string> Data, string? Note = null) : ICommand;

    public sealed record Finished(string Number, OrderState State, string? Stage, string? AccountNumber);

    /// <exception cref="Refused">order.not_found; order.other_hall; order.move_not_allowed; order.stage_changed; order.not_yours; order.fee_unpaid; all mistakes of the form at once; what a mechanism refuses</exception>
    public Task<Finished> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var order = await db.HoldOwnOrder(current, c.Number, ct);
        Refused.If(order.State != OrderState.InProgress, "order.move_not_allowed", order.Number);
        Refused.If(order.Stage != c.Stage, "order.stage_changed", order.Number);
        var isMine = order.WorkerId == current.UserId || current.Can("orders.lead");
        Refused.If(!isMine, "order.not_yours", order.WorkerName ?? "");
        var (service, version) = flow.Of(order);
        var stage = version.Stage(order.Stage)!;
        Refused.IfField(c.Note?.Length > ServiceOrder.MostWords, "Note", "order.words_missing", ServiceOrder.MostWords);
        order.Put(stage.Fields.Checked(c.Data));
        if (stage.NeedsPaid) await OrderFlow.RequirePaid(db, order, ct);
        if (!string.IsNullOrWhiteSpace(c.Note)) db.Step(order, "Note", current, c.Note.Trim());
        await flow.Leave(db, order, service, version, stage, ct);
        return new Finished(order.Number, order.State, order.Stage, order.AccountNumber);
    }, ct);
}
