using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Duties;

/// <summary>Something that happened in a hall: duties that wait for it are ticked, duties that it asks for are made, in the transaction that made it happen.</summary>
/// <param name="Key">Names the happening within the day: the same once more makes nothing.</param>
/// <param name="PersonId">Whose it is: only this person's own row is ticked, where each person of the post has one.</param>
/// <param name="About">What it was about, for people: a ticket's number.</param>
public sealed record DutyHappening(DutyFact Fact, Guid HallId, BusinessDate Date, string Key, Guid? PersonId = null, string? PersonName = null, string? About = null);

/// <summary>Writes down what the system saw.</summary>
public sealed class SystemFacts(DutyPlans plans, Current current)
{
    public bool Asks(DutyFact fact) => plans.All.Any(p => p.Proof.Fact == fact || p.When.On == fact);

    public async Task Happened(HallDb db, DutyHappening happening, CancellationToken ct)
    {
        var (hallId, date) = (happening.HallId, happening.Date);
        var changed = await Tick(db, happening, ct);
        foreach (var plan in plans.On(happening.Fact))
        {
            var post = $" {plan.Post} ";
            // A post that nobody in the hall holds has no duties there.
            if (!await db.Staff.AnyAsync(s => s.HallId == hallId && !s.HasLeft && (" " + s.Posts + " ").Contains(post), ct)) continue;
            var hall = await db.Halls.SingleAsync(h => h.Id == hallId, ct);
            changed |= await db.MakeDutyOn(plan, hall, date, happening.Key, happening.PersonId, happening.PersonName, happening.About, db.AtUtc, ct);
        }

        if (changed) db.Raise(new DutiesChanged(hallId));
    }

    /// <summary>Ends the rows that wait for it; makes none.</summary>
    public async Task<bool> Tick(HallDb db, DutyHappening happening, CancellationToken ct)
    {
        var (hallId, date) = (happening.HallId, happening.Date);
        var codes = plans.All.Where(p => p.Proof.Fact == happening.Fact).Select(p => p.Code).ToList();
        if (codes.Count == 0) return false;
        // What an event made is ticked by what happens to the same thing: one clerk's two hand-overs are two.
        var made = plans.All.Where(p => p.Proof.Fact == happening.Fact && p.When.Kind == DutyTimeKind.On).Select(p => p.Code).ToList();
        var duties = await db.HoldOpen(db.Duties.Where(d => d.HallId == hallId && d.Date == date && d.State == DutyState.Open && codes.Contains(d.Code) && (!made.Contains(d.Code) || d.Slot == happening.Key) && (d.PersonId == null || d.PersonId == happening.PersonId)), ct);
        foreach (var duty in duties) duty.Tick(happening.PersonId ?? current.UserId, happening.PersonName ?? current.Name, db.AtUtc);
        return duties.Count > 0;
    }
}

/// <summary>The day's own steps. Closing it ends what is still open: missed.</summary>
public sealed class DayFacts(SystemFacts facts, DutyPlans plans) : IHandle<DayOpened>, IHandle<DayClosing>, IHandle<DayClosed>
{
    public Task Handle(DayOpened happened, HallDb db, CancellationToken ct) => facts.Happened(db, new(DutyFact.DayOpened, happened.HallId, happened.Date, "opened"), ct);

    public async Task Handle(DayClosing happened, HallDb db, CancellationToken ct)
    {
        if (happened.Resumed) return;
        // A hall that closes early does its closing duties early.
        var codes = plans.All.Where(p => p.When.Kind == DutyTimeKind.AtClosing).Select(p => p.Code).ToList();
        var early = await db.HoldOpen(db.Duties.Where(d => d.HallId == happened.HallId && d.Date == happened.Date && d.State == DutyState.Open && d.FromUtc > db.AtUtc && codes.Contains(d.Code)), ct);
        foreach (var duty in early) duty.BringForward(db.AtUtc);
        if (early.Count > 0) db.Raise(new DutiesChanged(happened.HallId));
        await facts.Happened(db, new(DutyFact.DayStopped, happened.HallId, happened.Date, "stopped"), ct);
    }

    public async Task Handle(DayClosed happened, HallDb db, CancellationToken ct)
    {
        await facts.Happened(db, new(DutyFact.DayClosed, happened.HallId, happened.Date, "closed"), ct);
        // A day on which no till was opened is settled as well.
        await facts.Tick(db, new(DutyFact.TillsSettled, happened.HallId, happened.Date, "settled"), ct);
        // Ticked rows are changed but not yet written: they are in memory what they will be.
        foreach (var duty in await db.HoldOpen(db.Duties.Where(d => d.HallId == happened.HallId && d.Date <= happened.Date && d.State == DutyState.Open), ct))
        {
            if (duty.State == DutyState.Open) duty.Miss(db.AtUtc);
        }

        db.Raise(new DutiesChanged(happened.HallId));
    }
}

/// <summary>Tills: each clerk's own, and the hall's when the last one is counted.</summary>
public sealed class TillFacts(SystemFacts facts) : IHandle<TillOpened>, IHandle<TillClosed>
{
    public async Task Handle(TillOpened happened, HallDb db, CancellationToken ct)
    {
        if (!facts.Asks(DutyFact.TillOpened)) return;
        var till = await Find(db, happened.TillSessionId, ct);
        await facts.Happened(db, new(DutyFact.TillOpened, till.HallId, till.BusinessDate, Key(till), till.ClerkId, till.ClerkName, till.CounterName), ct);
    }

    public async Task Handle(TillClosed happened, HallDb db, CancellationToken ct)
    {
        var till = await Find(db, happened.TillSessionId, ct);
        await facts.Happened(db, new(DutyFact.TillClosed, till.HallId, till.BusinessDate, Key(till), till.ClerkId, till.ClerkName, till.CounterName), ct);
        if (await db.TillSessions.AnyAsync(t => t.HallId == till.HallId && t.BusinessDate == till.BusinessDate && t.State == TillState.Open && t.Id != till.Id, ct)) return;
        await facts.Happened(db, new(DutyFact.TillsSettled, till.HallId, till.BusinessDate, "settled"), ct);
    }

    /// <summary>The till of this very command may not be written yet.</summary>
    private static async Task<TillSession> Find(HallDb db, Guid id, CancellationToken ct) =>
        db.TillSessions.Local.FirstOrDefault(t => t.Id == id) ?? await db.TillSessions.SingleAsync(t => t.Id == id, ct);

    private static string Key(TillSession till) => $"till-{till.Id:N}";
}

/// <summary>A customer came to complain.</summary>
public sealed class ComplaintFacts(SystemFacts facts) : IHandle<TicketTaken>
{
    public async Task Handle(TicketTaken happened, HallDb db, CancellationToken ct)
    {
        if (happened.Service != "complaint" || db.HallOfCommand is not { } hallId || await db.CurrentDay(hallId, ct) is not { } day) return;
        await facts.Happened(db, new(DutyFact.ComplaintTaken, hallId, day.Date, $"ticket-{happened.TicketId:N}", About: happened.Number), ct);
    }
}

/// <summary>The billing office's work, for the hall that its person belongs to.</summary>
public sealed class BillingFacts(SystemFacts facts, Current current) : IHandle<ReadingsImported>, IHandle<BillRunMoved>
{
    public Task Handle(ReadingsImported happened, HallDb db, CancellationToken ct) => Today(db, DutyFact.ReadingsImported, $"import-{happened.ImportId:N}", ct);

    public Task Handle(BillRunMoved happened, HallDb db, CancellationToken ct) =>
        happened.State == BillRunState.Released ? Today(db, DutyFact.BillsReleased, $"run-{happened.RunId:N}", ct) : Task.CompletedTask;

    private async Task Today(HallDb db, DutyFact fact, string key, CancellationToken ct)
    {
        if (current.HallId is not { } hallId || await db.CurrentDay(hallId, ct) is not { } day) return;
        await facts.Happened(db, new(fact, hallId, day.Date, key, current.UserId, current.Name), ct);
    }
}
