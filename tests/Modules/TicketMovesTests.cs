using CsCheck;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Tests.Modules;

public class TicketMovesTests
{
    /// <summary>Ways of bringing a ticket into each state.</summary>
    private static QueueTicket In(TicketState state)
    {
        var hall = Guid.CreateVersion7();
        var at = new DateTime(2026, 3, 31, 1, 0, 0, DateTimeKind.Utc);
        var counter = new Counter(hall, 3, "柜台", []);
        counter.Open(Guid.CreateVersion7(), "张三", "1001", at);
        var ticket = new QueueTicket(new Visit(hall, new(new DateOnly(2026, 3, 31)), "A001", at), "payment", "usual", 0, 1, null, at);
        ticket.Want(["invoice"]);
        if (state is TicketState.Waiting) return ticket;
        if (state is TicketState.Cancelled)
        {
            ticket.Cancel("left", at);
            return ticket;
        }

        ticket.Call(counter, 1, at);
        if (state is TicketState.NoShow) ticket.MarkNoShow(at);
        if (state is TicketState.Serving or TicketState.Parked or TicketState.Done) ticket.Start(at);
        if (state is TicketState.Parked) ticket.Park("fetch_papers", HeldPapers.Taken, null, at.AddMinutes(2));
        if (state is TicketState.Done) ticket.End(at.AddMinutes(3));
        Assert.Equal(state, ticket.State);
        return ticket;
    }

    private static void Do(QueueTicket ticket, TicketAction action)
    {
        var at = new DateTime(2026, 3, 31, 2, 0, 0, DateTimeKind.Utc);
        var counter = new Counter(ticket.HallId, 4, "柜台", []);
        counter.Open(Guid.CreateVersion7(), "李四", "1002", at);
        switch (action)
        {
            case TicketAction.Call: ticket.Call(counter, 2, at); break;
            case TicketAction.CallAgain: ticket.CallAgain(3, at); break;
            case TicketAction.Start: ticket.Start(at); break;
            case TicketAction.MarkNoShow: ticket.MarkNoShow(at); break;
            case TicketAction.Park: ticket.Park("fill_form", HeldPapers.Here, at.AddMinutes(15), at); break;
            case TicketAction.Return: ticket.Return(at); break;
            case TicketAction.Transfer: ticket.Transfer("repair", null, null, at); break;
            case TicketAction.NextHere: ticket.GoOn(here: true, at); break;
            case TicketAction.GoOn: ticket.GoOn(here: false, at); break;
            case TicketAction.Join: ticket.Join(at); break;
            case TicketAction.Prioritise: ticket.Prioritise("elderly", 2); break;
            case TicketAction.End: ticket.End(at); break;
            case TicketAction.Cancel: ticket.Cancel("left", at); break;
            default: Assert.Fail($"the test does not know {action}"); break;
        }
    }

    [Fact]
    public void Every_action_in_every_state_is_in_the_table_or_refused()
    {
        foreach (var state in Enum.GetValues<TicketState>())
        {
            foreach (var action in Enum.GetValues<TicketAction>())
            {
                var ticket = In(state);
                var move = TicketMoves.Table.SingleOrDefault(m => m.From == state && m.Action == action);
                if (move is null)
                {
                    Assert.Equal("ticket.move_not_allowed", Assert.Throws<Refused>(() => Do(ticket, action)).Code);
                    Assert.Equal(state, ticket.State);
                }
                else
                {
                    Do(ticket, action);
                    Assert.Equal(move.To, ticket.State);
                }
            }
        }
    }

    [Fact]
    public void Every_move_has_somebody_who_may_make_it() => Assert.All(TicketMoves.Table, m => Assert.True(m.Clerk || m.Lead));

    [Fact]
    public void Service_time_counts_only_the_time_at_counters()
    {
        var ticket = In(TicketState.Parked);
        Assert.Equal(120, ticket.ServiceSeconds);
        Do(ticket, TicketAction.Call);
        Do(ticket, TicketAction.Start);
        ticket.End(new DateTime(2026, 3, 31, 2, 1, 0, DateTimeKind.Utc));
        Assert.Equal(180, ticket.ServiceSeconds);
    }

    /// <summary>A line in which newcomers of every priority keep arriving: whoever had k people before them is called within (k + 1) × (cap + 1) calls.</summary>
    [Fact]
    public void Nobody_starves_under_the_cap() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9].Array[1, 40], Gen.Int[0, 9].Array[0, 3].Array[200]).Sample((cap, first, newcomers) =>
        {
            var rank = 0L;
            var line = first.Select(priority => new InLine(Guid.CreateVersion7(), ++rank, priority)).ToList();
            var before = line.ToDictionary(t => t.Rank, t => line.Count(o => o.Rank < t.Rank));
            var outOfTurn = 0;
            for (var call = 1; call <= newcomers.Length && line.Count > 0; call++)
            {
                var (ticket, past) = CallOrder.Choose(line, outOfTurn, cap)!.Value;
                line.Remove(ticket);
                outOfTurn = past ? outOfTurn + 1 : 0;
                Assert.True(outOfTurn <= cap);
                if (before.TryGetValue(ticket.Rank, out var ahead)) Assert.True(call <= (ahead + 1) * (cap + 1), $"rank {ticket.Rank} was called at {call}");
                foreach (var priority in newcomers[call - 1]) line.Add(new(Guid.CreateVersion7(), ++rank, priority));
            }
        });

    [Fact]
    public void Equal_priorities_go_in_the_order_of_arrival() =>
        Gen.Int[0, 100_000].Array[1, 60].Where(ranks => ranks.Distinct().Count() == ranks.Length).Sample(ranks =>
        {
            var line = ranks.Select(r => new InLine(Guid.CreateVersion7(), r, 1)).ToList();
            var called = new List<long>();
            while (CallOrder.Choose(line, 0, 3) is { } next)
            {
                Assert.False(next.OutOfTurn);
                called.Add(next.Ticket.Rank);
                line.Remove(next.Ticket);
            }

            Assert.Equal(ranks.Order().Select(r => (long)r), called);
        });

    /// <summary>However a ticket is moved about, its periods follow one another without a gap from the moment it was taken.</summary>
    [Fact]
    public void Periods_leave_no_gap_and_their_service_time_is_the_tickets() =>
        Gen.Select(Gen.Enum<TicketAction>(), Gen.Int[0, 900]).Array[1, 40].Sample(steps =>
        {
            var ticket = In(TicketState.Waiting);
            var (at, periods) = (ticket.TakenAtUtc, new List<TicketPeriod>());
            var counter = new Counter(ticket.HallId, 4, "柜台", []);
            counter.Open(Guid.CreateVersion7(), "李四", "1002", at);
            foreach (var (action, seconds) in steps)
            {
                if (!TicketMoves.Table.Any(m => m.From == ticket.State && m.Action == action) || action is TicketAction.NextHere or TicketAction.GoOn && ticket.MoreServices.Count == 0) continue;
                at = at.AddSeconds(seconds);
                switch (action)
                {
                    case TicketAction.Call: ticket.Call(counter, 2, at); break;
                    case TicketAction.CallAgain: ticket.CallAgain(3, at); break;
                    case TicketAction.Start: ticket.Start(at); break;
                    case TicketAction.MarkNoShow: ticket.MarkNoShow(at); break;
                    case TicketAction.Park: ticket.Park("fill_form", HeldPapers.Here, null, at); break;
                    case TicketAction.Return: ticket.Return(at); break;
                    case TicketAction.Transfer: ticket.Transfer("repair", null, null, at); break;
                    case TicketAction.NextHere: ticket.GoOn(true, at); break;
                    case TicketAction.GoOn: ticket.GoOn(false, at); break;
                    case TicketAction.Prioritise: ticket.Prioritise("elderly", 2); break;
                    case TicketAction.End: ticket.End(at); break;
                    case TicketAction.Join: ticket.Join(at); break;
                    case TicketAction.Cancel: ticket.Cancel("left", at); break;
                }

                periods.AddRange(ticket.TakeEnded());
            }

            var from = ticket.TakenAtUtc;
            foreach (var period in periods)
            {
                Assert.Equal(from, period.FromUtc);
                from = period.UntilUtc;
            }

            Assert.Equal(ticket.SinceUtc, from);
            Assert.Equal(ticket.ServiceSeconds, periods.Where(p => p.State == TicketState.Serving).Sum(p => p.Seconds));
        });
}
