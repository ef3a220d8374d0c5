using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

/// <summary>Names of organisation units by path, read once a request: people know names, not codes.</summary>
public sealed class UnitNames(HallDb db, Texts texts)
{
    private Dictionary<string, LocalText>? _names;

    /// <summary>Has to be awaited before <see cref="Of"/>.</summary>
    public async Task Read(CancellationToken ct = default) =>
        _names ??= await db.OrgUnits.ToDictionaryAsync(u => u.Path, u => u.Name, ct);

    /// <summary>Name of the unit; the whole company for "/"; the path itself where no such unit is kept.</summary>
    public string Of(string path) => path == "/" ? texts["halls.company"] : _names!.TryGetValue(path, out var name) ? name.ToString() : path;
}
