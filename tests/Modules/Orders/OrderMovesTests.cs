using OpenHall.Kernel;
using OpenHall.Orders;

namespace OpenHall.Tests.Modules.Orders;

public class OrderMovesTests
{
    [Fact]
    public void Each_action_in_each_state_is_in_the_table_once_or_refused()
    {
        foreach (var from in Enum.GetValues<OrderState>())
        {
            foreach (var action in Enum.GetValues<OrderAction>())
            {
                var moves = OrderMoves.Table.Where(m => m.From == from && m.Action == action).ToList();
                Assert.True(moves.Count <= 1, $"{from} {action}");
                if (moves is [var move]) Assert.Equal(move.To, OrderMoves.Next(from, action, "W1"));
                else Assert.Equal("order.move_not_allowed", Assert.Throws<Refused>(() => OrderMoves.Next(from, action, "W1")).Code);
            }
        }
    }

    [Fact]
    public void Nothing_leaves_an_order_that_is_over_but_a_whole_reversal()
    {
        var left = OrderMoves.Table.Where(m => OrderMoves.IsOver(m.From)).ToList();
        Assert.Equal([(OrderState.Completed, OrderAction.Reverse)], left.Select(m => (m.From, m.Action)));
    }

    [Fact]
    public void Every_open_state_can_be_reached_and_left()
    {
        foreach (var state in Enum.GetValues<OrderState>().Where(s => !OrderMoves.IsOver(s)))
        {
            Assert.True(state == OrderState.Acknowledged || OrderMoves.Table.Any(m => m.To == state), state.ToString());
            Assert.Contains(OrderMoves.Table, m => m.From == state && m.To == OrderState.Cancelled);
        }
    }
}
