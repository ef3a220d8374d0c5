using OpenHall.App;
using OpenHall.Reception;

namespace OpenHall.Demo;

/// <summary>Some visitors book: for the day itself early in the morning, and for the days ahead; most come in time.</summary>
sealed class DemoAppointments(Actors actors, Random chance, MakeProvince.MadeHall hall, MadeUpPeople people, CancellationToken ct)
{
    private const int ADay = 4, Ahead = 5, MissedOfHundred = 15;

    private static readonly string[] Services = ["consult", "transfer", "connection"];

    /// <param name="came">Told when somebody has checked in.</param>
    public async Task Plan(DateOnly date, Agenda agenda, Action came)
    {
        for (var n = 0; n < ADay; n++)
        {
            var start = new TimeOnly(9, 0).AddMinutes(30 * chance.Next(0, 14));
            if (await Book(date, start) is not { } booked || chance.Next(100) < MissedOfHundred) continue;
            agenda.At(start.AddMinutes(-chance.Next(2, 20)), async () =>
            {
                await actors.AsVisitor((CheckInAppointment checkIn) => checkIn.Handle(new(Guid.CreateVersion7(), hall.KioskKey, booked.Code), ct));
                came();
            });
        }
    }

    public async Task BookAhead(DateOnly today)
    {
        for (var n = 0; n < Ahead; n++) await Book(today.AddDays(chance.Next(1, 4)), new TimeOnly(9, 0).AddMinutes(30 * chance.Next(0, 14)));
    }

    /// <summary>Null: the slot was full, or the hall rests.</summary>
    private async Task<BookedAppointment?> Book(DateOnly day, TimeOnly start)
    {
        BookedAppointment? made = null;
        await Refusals.Catch(async () => made = await actors.AsVisitor((BookAppointment book) => book.Handle(new(Guid.CreateVersion7(), hall.Id, Services[chance.Next(Services.Length)], day, start, MadeUpPeople.Phone(chance.Next(7_000_000, 8_000_000)), people.Name(chance)), ct)));
        return made;
    }
}
