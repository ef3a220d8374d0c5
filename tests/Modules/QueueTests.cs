using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Reception;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

public class QueueTests
{
    [Theory, BothDatabases]
    public async Task Sixteen_kiosks_at_once_give_numbers_without_gap_or_double(TestHall hall)
    {
        var at = await hall.MakeHall();
        var tickets = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => Task.Run(() => hall.Take(at, i % 3 == 0 ? "repair" : "payment"))));
        Assert.Equal(Enumerable.Range(1, 32).Select(n => $"A{n:000}"), tickets.Select(t => t.Number).Where(n => n[0] == 'A').Order());
        Assert.Equal(Enumerable.Range(1, 16).Select(n => $"F{n:000}"), tickets.Select(t => t.Number).Where(n => n[0] == 'F').Order());
        var ranks = await hall.Read(db => db.QueueTickets.Select(t => t.Rank).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 48).Select(r => (long)r), ranks.Order());
    }

    [Theory, BothDatabases]
    public async Task Twenty_counters_calling_at_once_each_get_another_ticket(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 20);
        for (var i = 0; i < 20; i++) await hall.Take(at);
        var clerks = new List<Person>();
        foreach (var counter in at.Counters) clerks.Add(await hall.ClerkAt(counter));
        var called = await Task.WhenAll(clerks.Select(c => Task.Run(c.CallsNext)));
        Assert.Equal(20, called.Select(c => c.Number).Distinct().Count());
        Assert.Equal(20, called.Select(c => c.CounterNumber).Distinct().Count());
        // Whoever got the first lock got the first number: the calls are in the order of arrival.
        var byCall = await hall.Read(db => db.QueueTickets.OrderBy(t => t.CallRank).Select(t => t.Rank).ToListAsync());
        Assert.Equal(byCall.Order(), byCall);
    }

    [Theory, BothDatabases]
    public async Task A_double_press_takes_one_ticket_and_calls_one_visitor(TestHall hall)
    {
        var at = await hall.MakeHall();
        var press = new TakeTicket.Command(Guid.CreateVersion7(), at.Kiosk, "payment", "usual", null);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hall.As().Do((TakeTicket take) => take.Handle(press))));
        Assert.Single(taken.Distinct());
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var call = new CallNext.Command(Guid.CreateVersion7());
        var called = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clerk.Do((CallNext next) => next.Handle(call))));
        Assert.Single(called.Distinct());
        Assert.Equal(TicketState.Waiting, (await hall.Ticket("A002")).State);
    }

    [Theory, BothDatabases]
    public async Task F8_while_serving_ends_that_service_and_calls_the_next(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at);
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        await clerk.CallsNext();
        Assert.Equal("queue.still_called", (await Refuses(clerk.CallsNext)).Code);
        await clerk.Starts();
        hall.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("A002", (await clerk.CallsNext()).Number);
        var first = await hall.Ticket("A001");
        Assert.Equal((TicketState.Done, 180), (first.State, first.ServiceSeconds));
        var visit = await hall.Read(db => db.Visits.SingleAsync(v => v.Id == first.VisitId));
        Assert.Equal(VisitState.Ended, visit.State);
        Assert.Equal(["taken", "called", "started", "ended"], await hall.Read(db => db.VisitSteps.Where(s => s.VisitId == visit.Id).OrderBy(s => s.Id).Select(s => s.Kind).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task Priority_goes_first_but_after_three_such_calls_the_oldest_is_called(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at);
        for (var i = 0; i < 5; i++) await hall.Take(at, visitorClass: "elderly");
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var called = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            called.Add((await clerk.CallsNext()).Number);
            await clerk.Starts();
        }

        Assert.Equal(["A002", "A003", "A004", "A001", "A005", "A006"], called);
    }

    [Theory, BothDatabases]
    public async Task The_order_stays_when_a_number_is_parked_returned_and_moved(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        for (var i = 0; i < 3; i++) await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var other = await hall.ClerkAt(at.Counters[1]);
        await clerk.CallsNext();
        await clerk.Starts();
        await clerk.Do((ParkTicket park) => park.Handle(new(Guid.CreateVersion7(), "fetch_papers")));
        Assert.Equal("A002", (await clerk.CallsNext()).Number);
        var parked = await hall.Ticket("A001");
        await clerk.Do((ReturnTicket back) => back.Handle(new(Guid.CreateVersion7(), parked.Id)));
        // Back at the old place: before A003, and for the other counter alone.
        await clerk.Do((TransferTicket move) => move.Handle(new(Guid.CreateVersion7(), parked.Id, "repair", at.Counters[1])));
        await clerk.Do((MarkNoShow mark) => mark.Handle(new(Guid.CreateVersion7())));
        Assert.Equal("A003", (await clerk.CallsNext()).Number);
        Assert.Equal("A001", (await other.CallsNext()).Number);
        Assert.Equal("A002", await clerk.Do((ReturnTicket back) => back.Handle(new(Guid.CreateVersion7(), (Guid)hall.Ticket("A002").Result.Id))));
    }

    [Theory, BothDatabases]
    public async Task Each_state_of_a_counter_is_a_period_with_who_and_why(TestHall hall)
    {
        var at = await hall.MakeHall();
        var clerk = await hall.ClerkAt(at.Counters[0]);
        Assert.Equal("counter.in_use", (await Refuses(() => hall.ClerkAt(at.Counters[0]))).Code);
        hall.Clock.Advance(TimeSpan.FromMinutes(30));
        await clerk.Do((PauseCounter pause) => pause.Handle(new(Guid.CreateVersion7(), "meal")));
        Assert.Equal("counter.not_open", (await Refuses(clerk.CallsNext)).Code);
        hall.Clock.Advance(TimeSpan.FromMinutes(20));
        await clerk.Do((OpenCounter open) => open.Handle(new(Guid.CreateVersion7(), at.Counters[0])));
        hall.Clock.Advance(TimeSpan.FromMinutes(10));
        await clerk.Do((CloseCounter close) => close.Handle(new(Guid.CreateVersion7(), at.Counters[0])));
        var periods = await hall.Read(db => db.CounterPeriods.OrderBy(p => p.FromUtc).ToListAsync());
        Assert.Equal([(CounterState.Open, null, 30), (CounterState.Paused, "meal", 20), (CounterState.Open, null, 10)],
            periods.Select(p => (p.State, p.Reason, (int)(p.UntilUtc!.Value - p.FromUtc).TotalMinutes)));
        Assert.All(periods, p => Assert.Equal(clerk.UserId, p.ClerkId));
    }

    [Theory, BothDatabases]
    public async Task A_typed_number_is_masked_and_limited(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at, typed: "13800138000");
        Assert.Equal("138****8000", (await hall.Ticket("A001")).TypedMasked);
        await hall.Take(at, typed: "13800138000");
        Assert.Equal("ticket.person_limit", (await Refuses(() => hall.Take(at, typed: "13800138000"))).Code);
        var wrong = await Refuses(() => hall.Take(at, typed: "12"));
        Assert.Equal(("ticket.number_invalid", "typed"), (wrong.Code, wrong.Field));
        Assert.Equal("A003", (await hall.Take(at)).Number);
    }

    [Theory, BothDatabases]
    public async Task A_visit_is_rated_once_by_its_own_screen_or_token(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        var taken = await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        await clerk.CallsNext();
        await clerk.Starts();
        Task<int> Rate(string key, int stars) => hall.As().Do((RateVisit rate) => rate.Handle(new(Guid.CreateVersion7(), taken.VisitId, key, stars) { Reasons = ["fast", "slow"] }));
        Assert.Equal("rating.too_late", (await Refuses(() => Rate(taken.Token, 5))).Code);
        await clerk.Ends();
        Assert.Equal("rating.not_found", (await Refuses(() => Rate("somebody-else", 5))).Code);
        Assert.Equal("rating.stars_invalid", (await Refuses(() => Rate(at.Screen, 6))).Code);
        Assert.Equal(5, await Rate(at.Screen, 5));
        Assert.Equal("rating.given_already", (await Refuses(() => Rate(taken.Token, 1))).Code);
        Assert.Equal("fast", await hall.Read(db => db.VisitRatings.Select(r => r.Reasons).SingleAsync()));
    }

    [Theory, BothDatabases]
    public async Task Verify_finds_a_missing_number_and_nothing_else(TestHall hall)
    {
        var at = await hall.MakeHall();
        for (var i = 0; i < 3; i++) await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        await clerk.CallsNext();
        async Task<List<string>> Look()
        {
            var found = new List<string>();
            foreach (var check in hall.Services.GetServices<IVerifyCheck>().Where(c => c.Name.StartsWith("queue.", StringComparison.Ordinal)))
                await hall.Read(async db => { await foreach (var finding in check.Look(db, CancellationToken.None)) found.Add($"{check.Name}: {finding.Problem}"); return 0; });
            return found;
        }

        Assert.Empty(await Look());
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("update ticket_numbers set last = 4"));
        Assert.Equal(["queue.numbers_whole: last number 4, tickets 3"], await Look());
    }

    [Theory, BothDatabases]
    public async Task Someone_without_a_number_gets_the_next_one_and_is_served_at_once(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var served = await clerk.Do((ServeWithoutTicket serve) => serve.Handle(new(Guid.CreateVersion7(), "payment")));
        Assert.Equal("A002", served.Number);
        Assert.Equal(TicketState.Serving, (await hall.Ticket("A002")).State);
        await clerk.Ends();
    }
}
