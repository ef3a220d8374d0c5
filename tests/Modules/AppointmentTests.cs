using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Reception;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

/// <summary>预约: places are given once, in-time visitors go before walk-ins under the cap, missed ones are found.</summary>
public class AppointmentTests
{
    private static readonly TimeOnly Ten = new(10, 0);

    private static string Phone(int n) => $"138000{n:00000}";

    private static Task<BookedAppointment> Book(TestHall hall, AHall at, int phone, TimeOnly? start = null, int days = 0, string service = "consult") =>
        hall.As().Do((BookAppointment book) => book.Handle(new(Guid.CreateVersion7(), at.Id, service, FirstDay.AddDays(days), start ?? Ten, Phone(phone), "王女士")));

    private static Task<TakenTicket> ChecksIn(TestHall hall, AHall at, string typed) => hall.As().Do((CheckInAppointment checkIn) => checkIn.Handle(new(Guid.CreateVersion7(), at.Kiosk, typed)));

    private static async Task<string> Refuses(Func<Task> act) => (await Assert.ThrowsAsync<Refused>(act)).Code;

    private static void Is(TestHall hall, string time, int days = 0) => hall.Clock.SetTo(DutyHall.Utc(time, days));

    private static async Task<AHall> Morning(TestHall hall)
    {
        var at = await hall.MakeHall();
        Is(hall, "08:40");
        return at;
    }

    [Theory, BothDatabases]
    public async Task The_last_place_of_a_slot_goes_once(TestHall hall)
    {
        var at = await Morning(hall);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
        {
            try
            {
                await Book(hall, at, n);
                return "";
            }
            catch (Refused no)
            {
                return no.Code;
            }
        })));
        Assert.Equal(["", "", "appointment.full", "appointment.full", "appointment.full", "appointment.full"], outcomes.Order(StringComparer.Ordinal));
        // A place given back can be booked again.
        var token = await hall.Read(db => db.Appointments.Select(a => a.Token).FirstAsync());
        await hall.As().Do((CancelOwnAppointment cancel) => cancel.Handle(new(Guid.CreateVersion7(), token)));
        Assert.Equal("appointment.ended", await Refuses(() => hall.As().Do((CancelOwnAppointment cancel) => cancel.Handle(new(Guid.CreateVersion7(), token)))));
        await Book(hall, at, 9);
    }

    [Theory, BothDatabases]
    public async Task Only_whole_slots_of_open_days_ahead_for_services_that_have_places_and_valid_numbers(TestHall hall)
    {
        var at = await Morning(hall);
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, new(8, 30))));
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, new(10, 10))));
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, new(17, 30))));
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, days: 15)));
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, days: -1)));
        Assert.Equal("appointment.no_slot", await Refuses(() => Book(hall, at, 1, service: "complaint")));
        Assert.Equal("appointment.phone_invalid", await Refuses(() => hall.As().Do((BookAppointment book) => book.Handle(new(Guid.CreateVersion7(), at.Id, "consult", FirstDay, Ten, "12345", null)))));
        await Book(hall, at, 1);
        Assert.Equal("appointment.twice", await Refuses(() => Book(hall, at, 1, new(11, 0))));
        await Book(hall, at, 1, days: 1);
        Assert.Equal("appointment.too_many", await Refuses(() => Book(hall, at, 1, days: 2)));
        // The hall may: it has heard why.
        await hall.As(Guid.CreateVersion7(), at.Id, "appointments.book").Do((BookAppointmentFor book) => book.Handle(new(Guid.CreateVersion7(), at.Id, "consult", FirstDay.AddDays(2), Ten, Phone(1), null)));
        Assert.Equal("permission.missing", await Refuses(() => hall.As(Guid.CreateVersion7(), at.Id, "queue.see").Do((BookAppointmentFor book) => book.Handle(new(Guid.CreateVersion7(), at.Id, "consult", FirstDay.AddDays(2), Ten, Phone(2), null)))));
    }

    [Theory, BothDatabases]
    public async Task In_time_goes_before_walk_ins_under_the_cap_early_waits_as_usual_and_late_is_over(TestHall hall)
    {
        var at = await Morning(hall);
        var (early, inTime, late) = (await Book(hall, at, 1), await Book(hall, at, 2), await Book(hall, at, 3, new(9, 0)));
        // Checked in more than half an hour ahead: a usual number.
        Is(hall, "09:10");
        Assert.Equal("usual", (await hall.Ticket((await ChecksIn(hall, at, early.Code)).Number)).VisitorClass);
        Assert.Equal("appointment.none_today", await Refuses(() => ChecksIn(hall, at, early.Code)));
        Is(hall, "09:20");
        Assert.Equal("appointment.too_late", await Refuses(() => ChecksIn(hall, at, late.Code)));
        for (var n = 0; n < 3; n++) await hall.Take(at, "consult");
        Is(hall, "09:50");
        var taken = await ChecksIn(hall, at, Phone(2));
        Assert.Equal("booked", (await hall.Ticket(taken.Number)).VisitorClass);
        Assert.Equal(inTime.AppointmentId, await hall.Read(db => db.Appointments.Where(a => a.TicketId == taken.TicketId).Select(a => a.Id).SingleAsync()));
        // The first call is the appointment's, though four came before; then the order of arrival.
        var clerk = await hall.ClerkAt(at.Counters[0]);
        Assert.Equal(taken.Number, (await clerk.CallsNext()).Number);
    }

    /// <summary>However many appointments come, a walk-in with k people before them is called within (k + 1) × (cap + 1) calls.</summary>
    [Fact]
    public void Appointments_never_starve_walk_ins()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var chance = new Random(seed);
            const int Cap = 3;
            var (line, rank, outOfTurn) = (new List<InLine>(), 0L, 0);
            for (var n = 0; n < 5; n++) line.Add(new(Guid.CreateVersion7(), ++rank, 0));
            var (last, calls) = (line[^1].Id, 0);
            while (line.Exists(t => t.Id == last))
            {
                // Two appointments check in for each call.
                for (var n = 0; n < 2; n++) line.Add(new(Guid.CreateVersion7(), ++rank, chance.Next(3) == 0 ? 0 : 1));
                var (next, isOut) = CallOrder.Choose(line, outOfTurn, Cap)!.Value;
                outOfTurn = isOut ? outOfTurn + 1 : 0;
                line.RemoveAll(t => t.Id == next.Id);
                calls++;
            }

            Assert.True(calls <= 5 * (Cap + 1), $"seed {seed}: {calls} calls");
        }
    }

    [Theory, BothDatabases]
    public async Task The_job_reminds_once_ends_what_was_missed_and_three_missed_keep_a_number_from_booking(TestHall hall)
    {
        var at = await Morning(hall);
        for (var n = 0; n < 3; n++)
        {
            Is(hall, "08:40", n);
            await Book(hall, at, 7, days: n);
            await DutyHall.RunJobs(hall);
            Is(hall, "10:20", n);
            await DutyHall.RunJobs(hall);
        }

        Assert.Equal([AppointmentState.NoShow, AppointmentState.NoShow, AppointmentState.NoShow], await hall.Read(db => db.Appointments.Select(a => a.State).ToListAsync()));
        Assert.True(await hall.Read(db => db.Appointments.AllAsync(a => a.RemindedAtUtc != null)));
        Assert.Equal("appointment.no_shows", await Refuses(() => Book(hall, at, 7, new(15, 0), 2)));
    }

    [Theory, BothDatabases]
    public async Task Pressed_twice_it_is_one_and_the_calendar_file_tells_time_and_place(TestHall hall)
    {
        var at = await Morning(hall);
        var command = new BookAppointment.Command(Guid.CreateVersion7(), at.Id, "consult", FirstDay, Ten, Phone(4), null);
        var booked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => hall.As().Do((BookAppointment book) => book.Handle(command)))));
        Assert.Single(booked.Distinct());
        using var client = await hall.Http();
        var file = await client.GetStringAsync($"/book/a/{booked[0].Token}/calendar.ics");
        Assert.Contains("DTSTART:20260331T020000Z\r\n", file, StringComparison.Ordinal);
        Assert.Contains("LOCATION:示范路1号\r\n", file, StringComparison.Ordinal);
    }
}
