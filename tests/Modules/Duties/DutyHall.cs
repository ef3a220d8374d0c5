using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>A hall with people who hold posts; Tuesday 2026-03-31, open from 8:30 to 17:30.</summary>
public sealed record DutyHall(TestHall Hall, AHall At)
{
    public static readonly BusinessDate Day = new(FirstDay);
    private static readonly string[] Rights = ["duties.do", "duties.see", "duties.lead", "duties.log", "attachments.add", "day.see", "day.open", "day.close", "day.reopen"];

    /// <param name="posts">A person for each.</param>
    public static async Task<DutyHall> Make(TestHall hall, params string[] posts)
    {
        var at = await hall.MakeHall(open: false);
        hall.Clock.SetTo(Utc("07:00"));
        foreach (var post in posts) await Hire(hall, at.Id, post);
        return new(hall, at);
    }

    public static async Task<Guid> Hire(TestHall hall, Guid hallId, params string[] posts)
    {
        var user = new StaffUser { UserName = "S" + posts[0], NormalizedUserName = ("S" + posts[0] + hallId.ToString("N")[..4]).ToUpperInvariant(), DisplayName = "员工" + posts[0], UnitPath = "/zj/hz/h1/", Posts = string.Join(' ', posts), HallId = hallId };
        await hall.Read(db =>
        {
            db.Add(user);
            return db.SaveChangesAsync();
        });
        return user.Id;
    }

    public static DateTime Utc(string time, int days = 0) => MakeDuties.Utc(FirstDay.AddDays(days).ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    public Person As(params string[] posts) => Hall.As(Guid.CreateVersion7(), At.Id, Rights).Holding(posts);

    public void Is(string time, int days = 0) => Hall.Clock.SetTo(Utc(time, days));

    public async Task Open() => await Hall.Anybody().Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), At.DayId)));

    public Task<List<Duty>> Duties(string? code = null) => Hall.Read(db => db.Duties.Where(d => d.HallId == At.Id && (code == null || d.Code == code)).OrderBy(d => d.FromUtc).ThenBy(d => d.Slot).ToListAsync());

    public async Task<Duty> Duty(string code, string slot) => (await Duties(code)).Single(d => d.Slot == slot);

    public Task<string> Spot(string code) => Hall.Read(db => db.DutySpots.Where(s => s.HallId == At.Id && s.Code == code).Select(s => s.Key).SingleAsync());

    public static Task<FinishDuty.Finished> Finish(Person person, Guid duty, string? spot = null, params Said[] said) =>
        person.Do((FinishDuty finish) => finish.Handle(new(Guid.CreateVersion7(), duty, said, spot)));

    public static Said[] AllOk(int lines) => [.. Enumerable.Repeat(new Said(DutyResult.Ok, null, null), lines)];

    public static JobRunner Jobs(TestHall hall) => (JobRunner)hall.Services.GetService(typeof(JobRunner))!;

    public static async Task RunJobs(TestHall hall)
    {
        await Jobs(hall).Plan();
        await Jobs(hall).RunDue();
    }
}
