using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>The signed-in person's own views of a list, by name.</summary>
public sealed class ViewsOfPerson(HallDb db, Current current)
{
    public async Task<IReadOnlyList<SavedView>> Of(string path, CancellationToken ct) => current.UserId is { } user
        ? await db.SavedViews.Where(v => v.UserId == user && v.Path == path).OrderBy(v => v.Name).ToListAsync(ct)
        : [];
}
