using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Tests.Modules;

/// <summary>A hall as the tests speak of it: one province, one city, one hall with counters and a kiosk, its day open.</summary>
public sealed record AHall(Guid Id, IReadOnlyList<Guid> Counters, string Kiosk, string Board, string Screen, Guid DayId);

public static class HallIntents
{
    public static readonly DateOnly FirstDay = new(2026, 3, 31);

    private static readonly string[] Everything = ["admin.halls", "day.see", "day.open", "day.close", "queue.see", "queue.call", "queue.lead", "ratings.see"];

    extension(TestHall hall)
    {
        /// <summary>Somebody who may do everything in halls and reception.</summary>
        public Person Anybody(Guid? hallId = null) => hall.As(Guid.CreateVersion7(), hallId, Everything);

        public async Task<AHall> MakeHall(int counters = 1, bool open = true)
        {
            var admin = hall.Anybody();
            var province = await admin.Do((AddUnit add) => add.Handle(new(Guid.CreateVersion7(), null, OrgUnitKind.Province, "zj", "浙江", "Zhejiang")));
            var city = await admin.Do((AddUnit add) => add.Handle(new(Guid.CreateVersion7(), province, OrgUnitKind.City, "hz", "杭州", "Hangzhou")));
            var id = await admin.Do((AddHall add) => add.Handle(new(Guid.CreateVersion7(), city, "h1", "示范厅", "Model hall", "示范路1号", "0571-88880000", "08:30-17:30", "12345")));
            var ids = new List<Guid>();
            for (var n = 1; n <= counters; n++) ids.Add(await admin.Do((AddCounter add) => add.Handle(new(Guid.CreateVersion7(), id, n, "综合柜台", []))));
            foreach (var (kind, name) in new[] { (DeviceKind.Kiosk, "kiosk"), (DeviceKind.Board, "board"), (DeviceKind.SecondScreen, "screen") })
                await admin.Do((AddDevice add) => add.Handle(new(Guid.CreateVersion7(), id, kind, name, kind == DeviceKind.SecondScreen ? ids[0] : null)));
            var keys = await hall.Read(db => db.Devices.ToDictionaryAsync(d => d.Kind, d => d.Key));
            var day = await admin.Do((PrepareDay prepare) => prepare.Handle(new(Guid.CreateVersion7(), id, FirstDay)));
            if (open) await admin.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), day)));
            return new(id, ids, keys[DeviceKind.Kiosk], keys[DeviceKind.Board], keys[DeviceKind.SecondScreen], day);
        }

        public Task<TakenTicket> Take(AHall at, string service = "payment", string visitorClass = "usual", string? typed = null) =>
            hall.As().Do((TakeTicket take) => take.Handle(new(Guid.CreateVersion7(), at.Kiosk, service, visitorClass, typed)));

        /// <summary>A clerk at an open counter.</summary>
        public async Task<Person> ClerkAt(Guid counter)
        {
            var clerk = hall.Anybody();
            await clerk.Do((OpenCounter open) => open.Handle(new(Guid.CreateVersion7(), counter)));
            return clerk;
        }

        public Task<QueueTicket> Ticket(string number) => hall.Read(db => db.QueueTickets.SingleAsync(t => t.Number == number));
    }

    extension(Person person)
    {
        public Task<CalledTicket> CallsNext() => person.Do((CallNext call) => call.Handle(new(Guid.CreateVersion7())));

        public Task<Guid> Starts() => person.Do((StartServing start) => start.Handle(new(Guid.CreateVersion7())));

        public Task<Guid> Ends() => person.Do((EndService end) => end.Handle(new(Guid.CreateVersion7())));

        public Task<CloseBusinessDay.Closed> ClosesDay(AHall at) => person.Do((CloseBusinessDay close) => close.Handle(new(Guid.CreateVersion7(), at.DayId, FirstDay.AddDays(1))));
    }

    public static async Task<Refused> Refuses(Func<Task> act) => await Assert.ThrowsAsync<Refused>(act);
}
