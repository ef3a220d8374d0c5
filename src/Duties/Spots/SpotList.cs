using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>The places of a hall that have a code, with what is done there.</summary>
public sealed class SpotList(HallDb db, Current current, DutyPlans plans)
{
    /// <exception cref="Refused">hall.not_found; hall.out_of_reach</exception>
    public async Task<IReadOnlyList<(DutySpot Spot, string Name, IReadOnlyList<string> Duties)>> Of(Guid hallId, CancellationToken ct = default)
    {
        current.Require("duties.see");
        await db.HallInReach(current, hallId, ct);
        var spots = await db.DutySpots.Where(s => s.HallId == hallId).OrderBy(s => s.Code).ToListAsync(ct);
        return [.. from spot in spots
                   where plans.Spots.ContainsKey(spot.Code)
                   select (spot, plans.Spots[spot.Code].ToString(), (IReadOnlyList<string>)[.. plans.All.Where(p => p.Proof.Spot == spot.Code).Select(p => p.Name.ToString())])];
    }
}
