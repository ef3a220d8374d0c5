using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>工单流转: takes a stage on, puts it back, returns it to the customer, stops and resumes it, gives it to a person or a post, cancels it. Finishing and taking back whole are commands of their own.</summary>
public sealed class MoveOrder(Work work, Current current, OrderFlow flow, Packs packs)
{
    /// <param name="Words">Why, or what is missing; needed where <see cref="OrderMoves.NeedsWords"/> says so.</param>
    /// <param name="To">Staff number (Dispatch) or post (Transfer).</param>
    [NeedsSignIn("each move asks for its own permission")]
    public sealed record Command(Guid RequestId, string Number, OrderAction Action, string? Words = null, string? To = null) : ICommand;

    /// <exception cref="Refused">order.not_found; order.other_hall; order.move_not_allowed; permission.missing; order.words_missing; order.not_your_post; order.not_yours; staff.not_found; order.worker_unfit; order.post_unknown; order.work_done</exception>
    public Task<OrderState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var order = await db.HoldOwnOrder(current, c.Number, ct);
        Refused.If(c.Action is OrderAction.Finish or OrderAction.FinishLast or OrderAction.Reverse || !OrderMoves.Allows(order.State, c.Action), "order.move_not_allowed", order.Number);
        current.Require(OrderMoves.PermissionFor(order.State, c.Action));
        var words = string.IsNullOrWhiteSpace(c.Words) ? null : c.Words.Trim();
        Refused.IfField(words?.Length > ServiceOrder.MostWords || OrderMoves.NeedsWords(c.Action) && words is null, "Words", "order.words_missing", ServiceOrder.MostWords);
        var isLead = current.Can("orders.lead");
        Refused.If(c.Action == OrderAction.Claim && !isLead && !current.Posts.Any(p => order.Posts.Contains($" {p} ", StringComparison.Ordinal)), "order.not_your_post", order.Number);
        Refused.If(order.State == OrderState.InProgress && c.Action != OrderAction.Cancel && order.WorkerId != current.UserId && !isLead, "order.not_yours", order.WorkerName ?? "");

        if (c.Action is OrderAction.Cancel or OrderAction.Fail) await flow.TakeBack(db, order, everything: false, words!, ct);
        var calendar = await OrderClock.CalendarOf(db, order.HallId, ct);
        if (c.Action is OrderAction.Hold or OrderAction.Return) order.Stop(OrderClock.Left(calendar, order, db.AtUtc));
        db.Step(order, c.Action.ToString(), current, c.To is null ? words : $"{await NameOf(db, c, ct)} {words}".Trim());
        order.Move(c.Action, db.AtUtc);
        if (c.Action is OrderAction.Resume or OrderAction.Resubmit && order.LeftMinutes is { } left)
        {
            var (warn, due) = OrderClock.Resumed(calendar, left, db.AtUtc);
            order.Run(warn, due);
        }

        if (c.Action == OrderAction.Claim) order.Work(current.UserId, current.Name);
        if (c.Action == OrderAction.Dispatch) await Dispatch(db, order, c.To, ct);
        if (c.Action == OrderAction.Transfer)
        {
            if (c.To is null || !packs.Posts.ContainsKey(c.To)) throw new Refused("order.post_unknown") { Field = "To" };
            order.Give([c.To]);
        }

        db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
        return order.State;
    }, ct);

    /// <summary>To whom it is given has to be able to work at it: still here, by post and by reach.</summary>
    private async Task Dispatch(HallDb db, ServiceOrder order, string? number, CancellationToken ct)
    {
        var user = await db.Users.SingleOrDefaultAsync(u => u.UserName == number, ct) ?? throw new Refused("staff.not_found") { Field = "To" };
        var worker = new Current();
        worker.Become(user, packs.PermissionsOf(user.Posts.Split(' ')));
        Refused.IfField(user.HasLeft || !worker.Can(OrderMoves.Work) || !worker.Covers(order.UnitPath), "To", "order.worker_unfit", user.DisplayName);
        order.Work(user.Id, user.DisplayName);
    }

    private async Task<string> NameOf(HallDb db, Command c, CancellationToken ct) => c.Action == OrderAction.Transfer && packs.Posts.TryGetValue(c.To!, out var post)
        ? $"→ {post.Name}"
        : await db.Users.Where(u => u.UserName == c.To).Select(u => "→ " + u.DisplayName).FirstOrDefaultAsync(ct) ?? "";
}
