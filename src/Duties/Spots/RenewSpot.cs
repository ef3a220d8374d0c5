using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>换码: a place gets a new code, after the print was lost or photographed.</summary>
public sealed class RenewSpot(Work work, Current current)
{
    [Needs("duties.lead")]
    public sealed record Command(Guid RequestId, Guid HallId, string Code) : ICommand;

    /// <returns>The new key.</returns>
    /// <exception cref="Refused">hall.not_found; hall.out_of_reach; spot.not_found</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        await db.HallInReach(current, c.HallId, ct);
        var spot = await db.DutySpots.Hold(s => s.HallId == c.HallId && s.Code == c.Code, orRefuse: "spot.not_found", ct);
        spot.Renew();
        (db.HallOfCommand, db.Subject) = (c.HallId, c.Code);
        return spot.Key;
    }, ct);
}
