using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Duties;
using OpenHall.Halls;

namespace OpenHall.Demo;

/// <summary>Fills an empty database with a province that has been at work for weeks. The same seed, the same history.</summary>
/// <param name="progress">Told what is going on, in English, and how far it is (0–100).</param>
public sealed class DemoHistory(IServiceProvider services, SimulatedClock clock, DemoSize size, IProgress<(string What, int Percent)> progress)
{
    private const string Clerk = "clerk";

    private readonly Actors _actors = new(services);
    private readonly Random _chance = new(size.Seed);
    /// <summary>Of its own, so that the day of payments is the same with or without business beside it.</summary>
    private readonly Random _wishes = new(size.Seed + 1);
    private readonly ServiceCatalog _catalog = services.GetRequiredService<ServiceCatalog>();
    private readonly DutyPlans _plans = services.GetRequiredService<DutyPlans>();

    /// <summary>Makes everything up to today's hour; the clock follows the real one afterwards.</summary>
    public async Task Make(CancellationToken ct)
    {
        var errors = new PackErrors();
        var province = Province.Read(errors);
        if (errors.All.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, errors.All));
        clock.FollowRealTime();
        var (today, now) = (clock.Today, clock.TimeOfDay);
        var firstDay = today.AddDays(-size.Days);
        var make = new MakeProvince(province, _actors, _chance);

        progress.Report(("halls and staff", 0));
        clock.SetTo(firstDay.AddDays(-120), new(9, 0));
        var halls = await make.Halls(ct);
        await make.Staff(halls, ct);
        await ReceiptBooksOf.Deliver(_actors, ct);
        foreach (var hall in halls) await ReceiptBooksOf.Issue(_actors, hall.Id, ClerksOf(province, hall.Code), ct);
        progress.Report(("accounts", 8));
        await make.Accounts(size.Accounts, firstDay.AddDays(-120), ct);
        await make.Routes(ct);

        await new DemoBills(province, _actors, _chance, clock).Make(firstDay, size.Months, (what, part) => progress.Report((what, 10 + part * 15 / 100)), ct);
        var bills = await Owed(ct);

        for (var i = 0; i < size.Days; i++)
        {
            foreach (var hall in halls) await Day(hall, province, firstDay.AddDays(i), bills, new TimeOnly(17, 30), isOver: true, ct);
            progress.Report(($"day {i + 1} of {size.Days}", 25 + 70 * (i + 1) / size.Days));
        }

        await new DemoDebts(_actors, clock).Make(today.AddDays(-1), ct);
        await new DemoBank(_actors, clock, province.Words).Make(firstDay, today, ct);
        clock.FollowRealTime();
        if (!size.OpensToday) return;
        // Today goes on where the real clock stands; at night a little of the morning is shown.
        var until = now < new TimeOnly(10, 0) ? new TimeOnly(10, 0) : now > new TimeOnly(17, 0) ? new TimeOnly(17, 0) : now;
        foreach (var hall in halls) await Day(hall, province, today, bills, until, isOver: false, ct);
        clock.SetTo(today, until);
        await new DemoDebits(_actors, province.Words).Make(today, ct);
        clock.FollowRealTime();
        progress.Report(("ready", 100));
    }

    private IReadOnlyList<StaffUser> ClerksOf(Province province, string hall) =>
        [.. province.Staff.Where(s => s.Hall == hall && s.Posts.Contains(Clerk)).Select(s => _actors.Find(s.Number))];

    private async Task Day(MakeProvince.MadeHall hall, Province province, DateOnly date, Queue<DemoBill> bills, TimeOnly until, bool isOver, CancellationToken ct)
    {
        var people = province.Staff.Where(s => s.Hall == hall.Code).ToList();
        var manager = people.First(s => s.Posts.Contains("manager")).Number;
        // Before the doors open: what is to be done today is there, and the morning's checks begin.
        clock.SetTo(date, new(7, 20));
        var day = await _actors.Read(db => db.CurrentDay(hall.Id, ct), ct);
        var dayId = day?.Id ?? await _actors.AsInstaller((PrepareDay prepare) => prepare.Handle(new(Guid.CreateVersion7(), hall.Id, date), ct));
        await _actors.As(manager, (OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), dayId), ct));

        var duties = new DutyHands(_actors, _plans, _chance, province.Words);
        await duties.SeeToFaults(hall.Id, date, manager, ct);

        // Today the first clerk has not begun: her counter is left to whoever signs in to try it.
        var staff = ClerksOf(province, hall.Code).Skip(isOver ? 0 : 1).ToList();
        var clerks = staff.Select((user, i) => new SimulatedClerk(user, hall.Counters[isOver ? i : i + 1].Id, hall.Counters[isOver ? i : i + 1].ScreenKey)).ToList();
        var safe = new DemoSafe(_actors, hall.Id, people, province.Words);
        await safe.Begin(date, clerks, ct);
        var agenda = new Agenda(clock, date);
        var orders = new OrderHands(_actors, services.GetRequiredService<BusinessServices>(), _wishes, province, [.. bills.Select(b => b.AccountId)]);
        var hallDay = new HallDay(_actors, agenda, _chance, hall, clerks, _catalog, bills, ct) { Lead = people.First(p => p.Posts.Contains("duty_manager")).Number, Complained = () => duties.TakeOver(hall.Id, date, agenda, people, ct), Asked = (clerk, queue) => orders.Ask(clerk, queue, ct) };
        for (var i = 0; i < clerks.Count; i++)
        {
            var clerk = clerks[i];
            // Half of them begin with the hall, the others when the first line has formed: the morning is a peak.
            var begins = i < (clerks.Count + 1) / 2 ? new TimeOnly(8, 20, i * 7) : new TimeOnly(9, 45 + i);
            agenda.At(begins, async () =>
            {
                await clerk.StartShift(_actors, ct);
                hallDay.Begin(clerk);
            });
        }

        hallDay.Plan(size.VisitorsADay * clerks.Count / 4 + _chance.Next(6));
        var appointments = new DemoAppointments(_actors, _wishes, hall, province.People, ct);
        clock.SetTo(date, new(7, 40));
        await appointments.Plan(date, agenda, hallDay.InLine);
        if (!isOver) await appointments.BookAhead(date);
        await duties.Plan(hall.Id, date, agenda, people, ct);
        foreach (var hour in new[] { 10, 15 }) agenda.At(new TimeOnly(hour, 40), () => orders.WorkLists(hall.Id, people, ct));
        // Those who came late are served after the doors are shut.
        await agenda.Run(isOver ? new TimeOnly(20, 0) : until, ct);
        if (!isOver) return;
        var end = agenda.Now > DutyHands.LastAct ? agenda.Now : DutyHands.LastAct;
        clock.SetTo(date, end.AddMinutes(1));
        foreach (var clerk in clerks) await clerk.EndShift(_actors, _chance.Next(100) < 8 ? _chance.Next(-5, 6) * 100 : 0, ct);
        await safe.End(clerks, ct);
        await new DemoHandOvers(_actors, _wishes, province.Words).Make(clerks, ct);
        await _actors.As(manager, (StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), dayId, false), ct));
        await duties.Finish(hall.Id, date, people, ct);
        clock.SetTo(date, end.AddMinutes(5));
        await _actors.As(manager, (CloseBusinessDay close) => close.Handle(new(Guid.CreateVersion7(), dayId, date.AddDays(1)), ct));
    }

    /// <summary>Unpaid bills in chance order; one of an account.</summary>
    private async Task<Queue<DemoBill>> Owed(CancellationToken ct)
    {
        var owed = await _actors.Read(db => db.CustomerBills.Where(b => b.State == BillState.Issued)
            .GroupBy(b => new { b.Bucket, b.AccountId }).Select(g => new { g.Key.AccountId, Fen = g.Sum(b => b.AmountFen - b.PaidFen) }).ToListAsync(ct), ct);
        var bills = owed.OrderBy(b => b.AccountId).Select(b => new DemoBill(b.AccountId, b.Fen)).ToArray();
        _chance.Shuffle(bills);
        return new(bills);
    }
}

/// <summary>How much history is made.</summary>
/// <param name="VisitorsADay">Of a hall with four clerks.</param>
/// <param name="Months">Months billed before the first day.</param>
/// <param name="OpensToday">Today's halls are at work; otherwise the day is prepared and nobody has come yet.</param>
public sealed record DemoSize(int Seed = 20260331, int Accounts = 1000, int Days = 14, int VisitorsADay = 40, int Months = 3, bool OpensToday = true);
