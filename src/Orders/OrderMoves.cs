using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>States of TMF641. Acknowledged: a stage waits for somebody. InProgress: somebody works at it. Pending: waits for the customer, who has to bring or mend something.
/// Held: stands still for a reason of ours or theirs. Reversed: completed, and taken back whole (返销).</summary>
public enum OrderState { Acknowledged, InProgress, Pending, Held, Completed, Failed, Cancelled, Reversed }

/// <summary>Finish ends a stage with others after it, FinishLast the last one. Dispatch gives a stage to a person, Transfer to another post.</summary>
public enum OrderAction { Claim, PutBack, Finish, FinishLast, Return, Resubmit, Hold, Resume, Dispatch, Transfer, Cancel, Fail, Reverse }

/// <summary>Every move there is: drives the domain, the buttons and the test that tries each action in each state. What is not here is refused.</summary>
public static class OrderMoves
{
    public const string Take = "orders.take", Work = "orders.work", Lead = "orders.lead", Back = "orders.reverse";

    public static readonly IReadOnlyList<(OrderState From, OrderAction Action, OrderState To, string Permission)> Table =
    [
        (OrderState.Acknowledged, OrderAction.Claim, OrderState.InProgress, Work),
        (OrderState.Acknowledged, OrderAction.Dispatch, OrderState.InProgress, Lead),
        (OrderState.InProgress, OrderAction.Dispatch, OrderState.InProgress, Lead),
        (OrderState.InProgress, OrderAction.PutBack, OrderState.Acknowledged, Work),
        (OrderState.InProgress, OrderAction.Finish, OrderState.Acknowledged, Work),
        (OrderState.InProgress, OrderAction.FinishLast, OrderState.Completed, Work),
        // Of a service without stages, at its acceptance.
        (OrderState.Acknowledged, OrderAction.FinishLast, OrderState.Completed, Take),
        (OrderState.Acknowledged, OrderAction.Return, OrderState.Pending, Work),
        (OrderState.InProgress, OrderAction.Return, OrderState.Pending, Work),
        (OrderState.Pending, OrderAction.Resubmit, OrderState.Acknowledged, Take),
        (OrderState.Acknowledged, OrderAction.Hold, OrderState.Held, Work),
        (OrderState.InProgress, OrderAction.Hold, OrderState.Held, Work),
        (OrderState.Pending, OrderAction.Hold, OrderState.Held, Work),
        (OrderState.Held, OrderAction.Resume, OrderState.Acknowledged, Work),
        (OrderState.Acknowledged, OrderAction.Transfer, OrderState.Acknowledged, Work),
        (OrderState.InProgress, OrderAction.Transfer, OrderState.Acknowledged, Work),
        (OrderState.Acknowledged, OrderAction.Cancel, OrderState.Cancelled, Take),
        (OrderState.InProgress, OrderAction.Cancel, OrderState.Cancelled, Take),
        (OrderState.Pending, OrderAction.Cancel, OrderState.Cancelled, Take),
        (OrderState.Held, OrderAction.Cancel, OrderState.Cancelled, Take),
        (OrderState.InProgress, OrderAction.Fail, OrderState.Failed, Work),
        (OrderState.Completed, OrderAction.Reverse, OrderState.Reversed, Back),
    ];

    /// <summary>Those that need words: why, or what is missing.</summary>
    public static bool NeedsWords(OrderAction action) => action is OrderAction.Return or OrderAction.Hold or OrderAction.Transfer or OrderAction.Cancel or OrderAction.Fail or OrderAction.Reverse;

    public static bool Allows(OrderState from, OrderAction action) => Table.Any(m => m.From == from && m.Action == action);

    public static string PermissionFor(OrderState from, OrderAction action) => Table.Where(m => m.From == from && m.Action == action).Select(m => m.Permission).FirstOrDefault() ?? Lead;

    /// <exception cref="Refused">order.move_not_allowed</exception>
    public static OrderState Next(OrderState from, OrderAction action, string number) =>
        Table.Where(m => m.From == from && m.Action == action).Select(m => (OrderState?)m.To).SingleOrDefault() ?? throw new Refused("order.move_not_allowed", number);

    public static bool IsOver(OrderState state) => state is OrderState.Completed or OrderState.Failed or OrderState.Cancelled or OrderState.Reversed;
}
