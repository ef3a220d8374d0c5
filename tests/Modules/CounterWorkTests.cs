using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>What a clerk does with a visitor beside calling and ending: put aside, hand on, have several matters, take numbers together.</summary>
public class CounterWorkTests
{
    /// <summary>The jobs that are due now.</summary>
    private static async Task Jobs(TestHall hall)
    {
        var runner = hall.Services.GetRequiredService<JobRunner>();
        await runner.Plan();
        await runner.RunDue();
    }

    private static Guid New() => Guid.CreateVersion7();

    private static async Task<Person> Serving(TestHall hall, AHall at, int counter = 0)
    {
        var clerk = await hall.ClerkAt(at.Counters[counter]);
        await clerk.CallsNext();
        await clerk.Starts();
        return clerk;
    }

    [Theory, BothDatabases]
    public async Task Put_aside_for_minutes_the_number_comes_back_by_itself_to_the_counter_that_has_its_papers(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        await hall.Take(at);
        await hall.Take(at);
        var clerk = await Serving(hall, at);
        await clerk.Do((ParkTicket park) => park.Handle(new(New(), "fill_form")));
        var parked = await hall.Ticket("A001");
        Assert.Equal((HeldPapers.Here, parked.SinceUtc.AddMinutes(15)), (parked.Papers!.Value, parked.BackAtUtc!.Value));
        hall.Clock.Advance(TimeSpan.FromMinutes(14));
        await Jobs(hall);
        Assert.Equal(TicketState.Parked, (await hall.Ticket("A001")).State);
        hall.Clock.Advance(TimeSpan.FromMinutes(2));
        await Jobs(hall);
        var back = await hall.Ticket("A001");
        Assert.Equal((TicketState.Waiting, at.Counters[0], null), (back.State, back.ForCounterId!.Value, back.BackAtUtc));
        var other = await hall.ClerkAt(at.Counters[1]);
        Assert.Equal("A002", (await other.CallsNext()).Number);
        Assert.Equal("A001", (await clerk.CallsNext()).Number);
    }

    [Theory, BothDatabases]
    public async Task Papers_at_a_counter_that_has_closed_are_fetched_by_any(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        await hall.Take(at);
        var clerk = await Serving(hall, at);
        await clerk.Do((ParkTicket park) => park.Handle(new(New(), "fill_form") { Minutes = 5 }));
        Assert.Equal("ticket.park_minutes", (await Refuses(() => clerk.Do((ParkTicket park) => park.Handle(new(New(), "fill_form") { Minutes = 900 })))).Code);
        await clerk.Do((CloseCounter close) => close.Handle(new(New(), at.Counters[0])));
        hall.Clock.Advance(TimeSpan.FromMinutes(6));
        await Jobs(hall);
        Assert.Equal("A001", (await (await hall.ClerkAt(at.Counters[1])).CallsNext()).Number);
    }

    [Theory, BothDatabases]
    public async Task Sent_to_a_person_and_back_when_that_is_done(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 3);
        await hall.Take(at);
        var clerk = await Serving(hall, at);
        var expert = await hall.ClerkAt(at.Counters[1]);
        var third = await hall.ClerkAt(at.Counters[2]);
        var id = (await hall.Ticket("A001")).Id;
        Assert.Equal("counter.and_person", (await Refuses(() => clerk.Do((TransferTicket move) => move.Handle(new(New(), id, "repair", at.Counters[1]) { ClerkId = expert.UserId })))).Code);
        Assert.Equal("person.not_seated", (await Refuses(() => clerk.Do((TransferTicket move) => move.Handle(new(New(), id, "repair", null) { ClerkId = New() })))).Code);
        await clerk.Do((TransferTicket move) => move.Handle(new(New(), id, "repair", null) { ClerkId = expert.UserId, ComeBack = true }));
        Assert.Equal("queue.empty", (await Refuses(third.CallsNext)).Code);
        await expert.CallsNext();
        await expert.Starts();
        await expert.Ends();
        Assert.Equal("queue.empty", (await Refuses(expert.CallsNext)).Code);
        var called = await clerk.CallsNext();
        Assert.Equal(("A001", "payment"), (called.Number, called.Service));
        await clerk.Starts();
        await clerk.Ends();
        Assert.Equal(TicketState.Done, (await hall.Ticket("A001")).State);
    }

    [Theory, BothDatabases]
    public async Task Kept_for_somebody_who_has_gone_home_it_is_anybodys(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        await hall.Take(at);
        var clerk = await Serving(hall, at);
        var expert = await hall.ClerkAt(at.Counters[1]);
        var id = (await hall.Ticket("A001")).Id;
        await clerk.Do((TransferTicket move) => move.Handle(new(New(), id, "repair", null) { ClerkId = expert.UserId, ComeBack = true }));
        await expert.CallsNext();
        await expert.Starts();
        await clerk.Do((CloseCounter close) => close.Handle(new(New(), at.Counters[0])));
        await expert.Ends();
        Assert.Equal("A001", (await expert.CallsNext()).Number);
    }

    [Theory, BothDatabases]
    public async Task Several_services_on_one_ticket_are_done_one_after_the_other(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        var lead = hall.Anybody();
        await lead.Do((PlanCounter plan) => plan.Handle(new(New(), at.Counters[0]) { Services = ["payment", "invoice"] }));
        await lead.Do((PlanCounter plan) => plan.Handle(new(New(), at.Counters[1]) { Services = ["repair"] }));
        await hall.As().Do((TakeTicket take) => take.Handle(new(New(), at.Kiosk, "payment", "usual", null) { More = ["invoice", "repair"] }));
        await hall.Take(at);
        var clerk = await Serving(hall, at);
        hall.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("queue.more_here", (await Refuses(clerk.CallsNext)).Code);
        await clerk.Ends();
        var ticket = await hall.Ticket("A001");
        Assert.Equal((TicketState.Serving, "invoice", "repair"), (ticket.State, ticket.Service, ticket.More));
        hall.Clock.Advance(TimeSpan.FromMinutes(3));
        // The last one is done elsewhere: F8 sends it there and calls the next.
        Assert.Equal("A002", (await clerk.CallsNext()).Number);
        var other = await Serving(hall, at, 1);
        hall.Clock.Advance(TimeSpan.FromMinutes(4));
        await other.Ends();
        var ended = await hall.Ticket("A001");
        Assert.Equal((TicketState.Done, 540), (ended.State, ended.ServiceSeconds));
        var periods = await hall.Read(db => db.TicketPeriods.Where(p => p.TicketId == ended.Id && p.State == TicketState.Serving).OrderBy(p => p.FromUtc).ToListAsync());
        Assert.Equal([("payment", 1, 120), ("invoice", 1, 180), ("repair", 2, 240)], periods.Select(p => (p.Service, p.CounterNumber!.Value, p.Seconds)));
    }

    [Theory, BothDatabases]
    public async Task Numbers_of_one_visitor_are_joined_and_a_matter_is_split_off(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Take(at);
        await hall.Take(at, "repair");
        var clerk = await Serving(hall, at);
        // Repair goes first; the other number is taken in.
        Assert.Equal("ticket.join_itself", (await Refuses(() => clerk.Do((JoinTicket join) => join.Handle(new(New(), "F001"))))).Code);
        await clerk.Do((JoinTicket join) => join.Handle(new(New(), " a001 ")));
        var joined = await hall.Ticket("A001");
        Assert.Equal((TicketState.Cancelled, "joined"), (joined.State, joined.Reason));
        Assert.Equal("payment", (await hall.Ticket("F001")).More);
        Assert.Equal("ticket.split_itself", (await Refuses(() => clerk.Do((SplitTicket split) => split.Handle(new(New(), "repair"))))).Code);
        var made = await clerk.Do((SplitTicket split) => split.Handle(new(New(), "payment")));
        Assert.Equal("A002", made.Number);
        Assert.Equal("", (await hall.Ticket("F001")).More);
        Assert.Equal("A002", (await clerk.CallsNext()).Number);
    }

    [Theory, BothDatabases]
    public async Task A_counter_has_its_own_priorities_under_the_same_cap(TestHall hall)
    {
        var at = await hall.MakeHall();
        await hall.Anybody().Do((PlanCounter plan) => plan.Handle(new(New(), at.Counters[0]) { Services = ["payment", "consult:9", ""] }));
        Assert.Equal("counter.services_invalid", (await Refuses(() => hall.Anybody().Do((PlanCounter plan) => plan.Handle(new(New(), at.Counters[0]) { Services = ["payment:12"] })))).Code);
        Assert.Equal("counter.services_none", (await Refuses(() => hall.Anybody().Do((PlanCounter plan) => plan.Handle(new(New(), at.Counters[0]) { Services = [""] })))).Code);
        await hall.Take(at);
        for (var i = 0; i < 4; i++) await hall.Take(at, "consult");
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var called = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            called.Add((await clerk.CallsNext()).Number);
            await clerk.Starts();
        }

        Assert.Equal(["C001", "C002", "C003", "A001", "C004"], called);
    }

    [Theory, BothDatabases]
    public async Task An_id_card_opens_the_green_lane_by_age_and_its_holder_has_a_limit_a_day(TestHall hall)
    {
        var at = await hall.MakeHall();
        static string Id(string first) => first + ResidentId.CheckCharacter(first);
        await hall.Take(at, typed: Id("33010619500101001"));
        await hall.Take(at, typed: Id("33010619960401002"));
        var (old, young) = (await hall.Ticket("A001"), await hall.Ticket("A002"));
        Assert.Equal(("elderly", "usual"), (old.VisitorClass, young.VisitorClass));
        Assert.DoesNotContain("19500101", old.TypedMasked!, StringComparison.Ordinal);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        for (var i = 0; i < 5; i++)
        {
            var called = await clerk.CallsNext();
            await clerk.Starts();
            await clerk.Ends();
            if (i < 4) await hall.Take(at, typed: Id("33010619960401002"));
            else Assert.NotNull(called);
        }

        await clerk.CallsNext();
        await clerk.Starts();
        await clerk.Ends();
        await hall.Take(at, typed: Id("33010619960401002"));
        Assert.Equal("ticket.day_limit", (await Refuses(() => hall.Take(at, typed: Id("33010619960401002")))).Code);
    }

    [Theory, BothDatabases]
    public async Task What_is_parked_ordered_and_kept_for_somebody_is_the_same_after_a_restart(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        for (var i = 0; i < 6; i++) await hall.Take(at, visitorClass: i == 4 ? "elderly" : "usual");
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var called = new List<string> { (await clerk.CallsNext()).Number };
        await clerk.Starts();
        await hall.Restart();
        var second = hall.As(clerk.UserId, at.Id, "queue.see", "queue.call");
        for (var i = 0; i < 5; i++)
        {
            called.Add((await second.CallsNext()).Number);
            await second.Starts();
        }

        Assert.Equal(["A005", "A001", "A002", "A003", "A004", "A006"], called);
    }
}
