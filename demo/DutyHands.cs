using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Kernel;

namespace OpenHall.Demo;

/// <summary>The people of a hall do their duties of a day: mostly in time, now and then late or not at all; a check in fifty finds something.</summary>
public sealed class DutyHands(Actors actors, DutyPlans plans, Random chance, IReadOnlyDictionary<string, string> words)
{
    private const int ForgottenOfHundred = 3, LateOfHundred = 6, FaultyOfHundred = 2;

    /// <summary>Nobody does a duty later than that; then the tills are counted.</summary>
    public static readonly TimeOnly LastAct = new(18, 20);

    /// <summary>One grey pixel stands for the photograph.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    private readonly HashSet<Guid> _taken = [];
    private IReadOnlyDictionary<string, string> _spots = new Dictionary<string, string>();

    /// <summary>Puts everything that the day's plan asks of the hall's people on the agenda.</summary>
    /// <param name="staff">People of the hall.</param>
    public async Task Plan(Guid hallId, DateOnly date, Agenda agenda, IReadOnlyList<Province.Person> staff, CancellationToken ct)
    {
        _spots = await actors.Read(db => db.DutySpots.Where(s => s.HallId == hallId).ToDictionaryAsync(s => s.Code, s => s.Key, ct), ct);
        var day = new BusinessDate(date);
        foreach (var duty in await actors.Read(db => db.Duties.Where(d => d.HallId == hallId && d.Date == day && d.State == DutyState.Open).ToListAsync(ct), ct))
        {
            // What the system ticks, and what stands against closing, is seen to elsewhere.
            if (plans.Find(duty.Code) is not { AtClose: not AtDayClose.Block, Proof.File: false } plan || plan.Proof.Fact is not (null or DutyFact.MeetingSigned or DutyFact.ClosingMeetingSigned) || staff.FirstOrDefault(p => p.Posts.Contains(plan.Post)) is not { } doer) continue;
            var luck = chance.Next(100);
            if (luck < ForgottenOfHundred) continue;
            var window = (int)(duty.DueUtc - duty.FromUtc).TotalMinutes;
            var after = luck < ForgottenOfHundred + LateOfHundred ? window + chance.Next(3, 25) : chance.Next(1, Math.Max(2, window * 3 / 4));
            var at = TimeOnly.FromDateTime(Halls.LocalTime.At(duty.FromUtc.AddMinutes(after)));
            if (at < LastAct) agenda.At(at, () => plan.Proof.Fact is null ? Do(doer.Number, duty.Id, plan, ct) : Meet(hallId, doer.Number, duty.Id, ct));
        }
    }

    /// <summary>A customer complains: the duty manager comes within minutes.</summary>
    public async Task TakeOver(Guid hallId, DateOnly date, Agenda agenda, IReadOnlyList<Province.Person> staff, CancellationToken ct)
    {
        var day = new BusinessDate(date);
        foreach (var duty in await actors.Read(db => db.Duties.Where(d => d.HallId == hallId && d.Date == day && d.State == DutyState.Open && d.Code == "T01.6").ToListAsync(ct), ct))
        {
            if (_taken.Add(duty.Id) && staff.FirstOrDefault(p => p.Posts.Contains(duty.Post)) is { } doer) agenda.After(chance.Next(120, 1500), () => Do(doer.Number, duty.Id, plans.Find(duty.Code)!, ct));
        }
    }

    /// <summary>What must be done before the day closes, each clerk's own counting, and the escort of the takings.</summary>
    public async Task Finish(Guid hallId, DateOnly date, IReadOnlyList<Province.Person> staff, CancellationToken ct)
    {
        var day = new BusinessDate(date);
        foreach (var duty in await actors.Read(db => db.Duties.Where(d => d.HallId == hallId && d.Date == day && d.State == DutyState.Open).OrderBy(d => d.Id).ToListAsync(ct), ct))
        {
            if (plans.Find(duty.Code)?.Proof.Fact == DutyFact.LogSigned && staff.FirstOrDefault(p => p.Posts.Contains(duty.Post)) is { } manager)
            {
                await actors.As(manager.Number, (SignLog sign) => sign.Handle(new(Guid.CreateVersion7(), hallId, date), ct));
                continue;
            }

            if (plans.Find(duty.Code) is not { Proof: { Fact: null, Photo: false, File: false } } plan || plan.AtClose != AtDayClose.Block && plan.When.Kind != DutyTimeKind.On) continue;
            var doer = duty.PersonId is { } person ? staff.FirstOrDefault(p => actors.Find(p.Number).Id == person) : staff.FirstOrDefault(p => p.Posts.Contains(plan.Post));
            if (doer is not null) await Do(doer.Number, duty.Id, plan, ct);
        }
    }

    /// <summary>Repairs of the days before are seen to.</summary>
    public async Task SeeToFaults(Guid hallId, DateOnly date, string manager, CancellationToken ct)
    {
        foreach (var fault in await actors.Read(db => db.FaultLines.Where(f => f.HallId == hallId && (f.State == FaultState.Open || f.State == FaultState.Given)).OrderBy(f => f.FoundAtUtc).ToListAsync(ct), ct))
        {
            var (action, said) = fault.State == FaultState.Open ? (FaultAction.Give, words["fault_owner"]) : (FaultAction.Finish, words["fault_outcome"]);
            if (fault.State == FaultState.Given && chance.Next(100) < 40) continue;
            await actors.As(manager, (MoveFault move) => move.Handle(new(Guid.CreateVersion7(), fault.Id, action, said, date.AddDays(3)), ct));
        }
    }

    /// <summary>The duty manager holds a meeting: everybody is there, now and then one is late.</summary>
    private Task Meet(Guid hallId, string doer, Guid duty, CancellationToken ct) => actors.As(doer, async (SignMeeting sign) =>
    {
        var staff = await actors.Read(db => db.Staff.Where(s => s.HallId == hallId && !s.HasLeft).Select(s => s.Id).ToListAsync(ct), ct);
        var roll = staff.Select(id => new SignMeeting.Roll(id, chance.Next(100) < 4 ? Attendance.Late : Attendance.Present, chance.Next(100) >= 3, null)).ToList();
        return await sign.Handle(new(Guid.CreateVersion7(), duty, roll, chance.Next(100) < 30 ? words["meeting_notice"] : null, words["meeting_minutes"]), ct);
    });

    private async Task Do(string doer, Guid duty, DutyPlan plan, CancellationToken ct)
    {
        if (plan.Proof.Photo) await actors.As(doer, (AttachFile attach) => attach.Handle(Guid.CreateVersion7(), DutyFiles.Kind, duty.ToString(), $"{plan.Code}.png", new MemoryStream(Picture), ct));
        var faulty = plan.Proof.Items.Count > 0 && chance.Next(100) < FaultyOfHundred ? chance.Next(plan.Proof.Items.Count) : -1;
        var said = plan.Proof.Items.Select((item, i) => item.IsNumber ? new Said(null, Between(item), null) : i == faulty ? new Said(DutyResult.Fault, null, words[item.IsRequest ? "fault_request" : "fault_words"]) : new(DutyResult.Ok, null, null));
        await actors.As(doer, (FinishDuty finish) => finish.Handle(new(Guid.CreateVersion7(), duty, [.. said], plan.Proof.Spot is { } spot ? _spots[spot] : null), ct));
    }

    private decimal Between(DutyItem item)
    {
        var (least, most) = (item.Least ?? 0, item.Most ?? (item.Least ?? 0) + 10 * DutyItem.Thousandths);
        return Math.Round((least + (most - least) * (decimal)chance.NextDouble()) / DutyItem.Thousandths, 1);
    }
}
