using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Stock;

/// <summary>Reservations that ran out and numbers that have cooled are to be had again.</summary>
public sealed class FreeNumbers(TimeProvider clock) : IJob
{
    private const int MostAtOnce = 1000;

    public string Name => "numbers.free";

    public string Cron => "* * * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var keys = await db.PoolNumbers.Where(n => n.UntilUtc < now).OrderBy(n => n.Number).Take(MostAtOnce).Select(n => n.Number).ToListAsync(ct);
        if (keys.Count == 0) return 0;
        var over = await db.PoolNumbers.Where(n => keys.Contains(n.Number) && n.UntilUtc < now).OrderBy(n => n.Number).HoldAll(ct);
        foreach (var number in over)
        {
            var action = number.State == NumberState.Reserved ? NumberAction.Lapse : NumberAction.Warm;
            number.Move(action, null, null, null, null);
            db.Add(new NumberStep { Number = number.Number, Action = action, Becomes = number.State, AtUtc = now });
        }

        return over.Count;
    }
}
