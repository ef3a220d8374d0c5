using OpenHall.App;

namespace OpenHall.Orders;

/// <summary>How orders are shown to people.</summary>
static class OrderText
{
    public static BadgeKind Kind(OrderState state, bool isLate) => state switch
    {
        OrderState.Completed => BadgeKind.Good,
        OrderState.Cancelled or OrderState.Reversed => BadgeKind.Done,
        OrderState.Failed => BadgeKind.Bad,
        _ when isLate => BadgeKind.Bad,
        OrderState.Pending or OrderState.Held => BadgeKind.Warn,
        OrderState.InProgress => BadgeKind.Now,
        _ => BadgeKind.Plain,
    };

    public static IReadOnlyList<Column<OrderFile.Row>> Columns(Texts texts, Microsoft.AspNetCore.Components.RenderFragment<OrderFile.Row>? state = null) =>
    [
        new("number", texts["order.number"], r => r.Number),
        new("service", texts["order.service"], r => r.Service),
        new("applicant", texts["order.applicant"], r => r.Applicant),
        new("account", texts["customers.account"], r => r.AccountNumber),
        new("state", texts["order.state"], r => texts["order.state." + r.State]) { Cell = state },
        new("stage", texts["order.stage"], r => r.Stage),
        new("worker", texts["order.worker"], r => r.Worker),
        new("due", texts["order.due"], r => r.DueUtc is { } due ? Halls.LocalTime.DayAndTime(due) : ""),
        new("accepted", texts["order.accepted_at"], r => Halls.LocalTime.DayAndTime(r.AcceptedAtUtc)) { Sorts = true },
        new("clerk", texts["order.accepted_by"], r => r.AcceptedByName) { IsExtra = true },
        new("fee", texts["order.fee"], r => new Kernel.Money(r.FeeFen).Yuan) { IsExtra = true },
    ];
}
