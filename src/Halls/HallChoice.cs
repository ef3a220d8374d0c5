using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Which hall a page is about: the one in the address if it is within reach, else the person's own, else the only one.</summary>
public sealed class HallChoice(HallDb db, Current current)
{
    /// <summary>Most halls offered for choice.</summary>
    private const int Most = 500;

    public async Task<IReadOnlyList<Hall>> Halls(CancellationToken ct = default) => await db.HallsInReach(current).OrderBy(h => h.Path).Take(Most).ToListAsync(ct);

    public Guid? Of(IReadOnlyList<Hall> halls, Guid? asked)
    {
        if (asked is { } id && halls.Any(h => h.Id == id)) return id;
        if (current.HallId is { } own && halls.Any(h => h.Id == own)) return own;
        return halls is [var only] ? only.Id : null;
    }
}
