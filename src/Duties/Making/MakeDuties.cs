using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Duties;

/// <summary>Makes the rows of a hall's business day: each duty of each post that somebody in the hall holds, at each of its times. Once, whoever comes first:
/// the opening of the day or the job that looks every two minutes.</summary>
public static class MakeDuties
{
    private static readonly TimeSpan HallsClock = TimeSpan.FromHours(8);

    /// <returns>Rows made; 0 when they were there already.</returns>
    public static async Task<int> MakeDutiesOf(this HallDb db, DutyPlans plans, Hall hall, BusinessDate date, DateTime atUtc, CancellationToken ct)
    {
        // A second node waits here until the first has committed, and then finds the day made.
        var (hallId, key) = (hall.Id, date);
        var isFirst = await db.Database.ExecuteSqlAsync($"insert into duty_days (hall_id, date, made_at_utc) values ({db.Stored(hallId)}, {key.Day}, {atUtc}) on conflict do nothing", ct) == 1;
        if (!isFirst) return 0;
        var before = await db.BusinessDays.Where(d => d.HallId == hallId && d.Date < date).OrderByDescending(d => d.Date).Select(d => (BusinessDate?)d.Date).FirstOrDefaultAsync(ct);
        var people = await PeopleOf(db, hallId, ct);
        var posts = people.SelectMany(p => p!.Posts).ToHashSet();
        var periods = hall.Hours.ParsePeriods();
        List<Worker?> nobody = [null];
        var rows = (from plan in plans.All
                    where plan.IsScheduled && posts.Contains(plan.Post) && plan.When.IsDueOn(date.Day, before?.Day)
                    from slot in plan.When.Slots(date.Day, periods)
                    from person in plan.IsEach ? people.FindAll(p => p!.Posts.Contains(plan.Post)) : nobody
                    select new Duty
                    {
                        HallId = hallId, Date = date, Code = plan.Code, Slot = person is null ? slot.Slot : $"{slot.Slot}-{person.Number}", Post = plan.Post,
                        PersonId = person?.Id, PersonName = person?.Name, FromUtc = Utc(slot.From), DueUtc = Utc(slot.Due),
                    }).ToList();
        await db.InsertMany(rows, ct);
        await db.MakeSpots(plans, hallId, ct);
        return rows.Count;
    }

    /// <summary>A row that an event makes; the same event again makes none.</summary>
    public static async Task<bool> MakeDutyOn(this HallDb db, DutyPlan plan, Hall hall, BusinessDate date, string slot, Guid? personId, string? personName, string? about, DateTime atUtc, CancellationToken ct)
    {
        if (await db.Duties.AnyAsync(d => d.HallId == hall.Id && d.Date == date && d.Code == plan.Code && d.Slot == slot, ct)) return false;
        var closing = Utc(date.Day.ToDateTime(hall.Hours.ParsePeriods()[^1].Until)).AddMinutes(plan.When.Minutes);
        db.Add(new Duty
        {
            HallId = hall.Id, Date = date, Code = plan.Code, Slot = slot, Post = plan.Post, PersonId = plan.IsEach ? personId : null, PersonName = plan.IsEach ? personName : null, About = about,
            FromUtc = atUtc, DueUtc = plan.When.UntilClosing && closing > atUtc ? closing : atUtc.AddMinutes(plan.When.Minutes),
        });
        return true;
    }

    public static DateTime Utc(DateTime onHallsClock) => DateTime.SpecifyKind(onHallsClock - HallsClock, DateTimeKind.Utc);

    private sealed record Worker(Guid Id, string Number, string Name, IReadOnlyList<string> Posts);

    private static async Task<List<Worker?>> PeopleOf(HallDb db, Guid hallId, CancellationToken ct) =>
        [.. (await db.Staff.Where(s => s.HallId == hallId && !s.HasLeft).OrderBy(s => s.UserName).Select(s => new { s.Id, s.UserName, s.DisplayName, s.Posts }).ToListAsync(ct))
            .Select(s => new Worker(s.Id, s.UserName!, s.DisplayName, s.Posts.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
}

/// <summary>The opening of a business day has its duties made, if the job has not yet.</summary>
public sealed class DutiesAtOpening(DutyPlans plans) : IHandle<DayOpened>
{
    public async Task Handle(DayOpened happened, HallDb db, CancellationToken ct)
    {
        var hall = await db.Halls.SingleAsync(h => h.Id == happened.HallId, ct);
        if (await db.MakeDutiesOf(plans, hall, happened.Date, db.AtUtc, ct) > 0) db.Raise(new DutiesChanged(hall.Id));
    }
}

/// <summary>Makes the duties of the days that begin today, so that what comes before opening is there in time, and those that a long wait makes.</summary>
public sealed class MakeDutiesJob(DutyPlans plans, ServiceCatalog catalog, PastDays past, TimeProvider clock) : IJob
{
    public string Name => "duties.make";

    public string Cron => "*/2 * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var today = new BusinessDate(DateOnly.FromDateTime(LocalTime.At(dueAtUtc)));
        var days = db.DutyDays;
        var waiting = await (from day in db.BusinessDays
                             where day.State != BusinessDayState.Closed && day.Date <= today && !days.Any(m => m.HallId == day.HallId && m.Date == day.Date)
                             join hall in db.Halls on day.HallId equals hall.Id
                             orderby hall.Id
                             select new { hall, day.Date }).ToListAsync(ct);
        var made = 0;
        foreach (var day in waiting)
        {
            var rows = await db.MakeDutiesOf(plans, day.hall, day.Date, dueAtUtc, ct);
            if (rows > 0) db.Raise(new DutiesChanged(day.hall.Id));
            made += rows;
        }

        return made + await LongWaits.Make(db, plans, dueAtUtc, ct) + await PeaksAhead.Make(db, plans, new HallForecast(db, catalog, past, clock), dueAtUtc, ct);
    }
}
