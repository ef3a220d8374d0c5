using OpenHall.App;

namespace OpenHall.Orders;

/// <summary>An order was accepted or went on.</summary>
public sealed record OrderMoved(Guid HallId, Guid OrderId, string Number, OrderState State) : IOfHall;

/// <summary>What a customer is told of an order; the channel finds the words.</summary>
public sealed record OrderTold(string Order, string Service, string Words);

public static class OrderTopics
{
    public const string Orders = nameof(OrderMoved);
}
