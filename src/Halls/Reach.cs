using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>数据范围 for halls: which of them a person sees and works on.</summary>
public static class Reach
{
    public static IQueryable<Hall> HallsInReach(this HallDb db, Current current) => current.Scope switch
    {
        DataScope.All => db.Halls,
        DataScope.OwnUnitAndBelow => db.Halls.Where(h => h.Path.StartsWith(current.UnitPath)),
        _ => db.Halls.Where(h => h.Id == current.HallId),
    };

    /// <exception cref="Refused">hall.not_found; hall.out_of_reach</exception>
    public static async Task<Hall> HallInReach(this HallDb db, Current current, Guid hallId, CancellationToken ct = default)
    {
        Refused.If(!await db.Halls.AnyAsync(h => h.Id == hallId, ct), "hall.not_found");
        return await db.HallsInReach(current).SingleOrDefaultAsync(h => h.Id == hallId, ct) ?? throw new Refused("hall.out_of_reach");
    }
}
