using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.People;

/// <summary>The staff list, as far as the reader's data scope goes.</summary>
public sealed class StaffQuery(HallDb db, Current current, Packs packs, TimeProvider clock)
{
    public sealed record Row(Guid Id, string StaffNumber, string Name, string Posts, string? Hall, string UnitPath, DataScope Scope, string State, DateTime? LastSignInUtc, bool HasTotp);

    public async Task<(long Total, IReadOnlyList<Row> Rows)> Find(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow();
        var staff = db.Staff.Within(current, u => u.UnitPath, u => u.Id);
        if (query.Search.Length > 0)
        {
            var number = StaffNumbers.Normal(query.Search);
            staff = staff.Where(u => u.DisplayName.Contains(query.Search) || u.NormalizedUserName!.StartsWith(number));
        }

        if (query["post"] is { } post) staff = staff.Where(u => (" " + u.Posts + " ").Contains(" " + post + " "));
        staff = query["state"] switch
        {
            "left" => staff.Where(u => u.HasLeft),
            "locked" => staff.Where(u => !u.HasLeft && u.LockoutEnd > now),
            "all" => staff,
            _ => staff.Where(u => !u.HasLeft),
        };
        var total = await staff.LongCountAsync(ct);
        var sorted = (query.Sort, query.Descending) switch
        {
            ("name", false) => staff.OrderBy(u => u.DisplayName).ThenBy(u => u.NormalizedUserName),
            ("name", true) => staff.OrderByDescending(u => u.DisplayName).ThenBy(u => u.NormalizedUserName),
            ("unit", false) => staff.OrderBy(u => u.UnitPath).ThenBy(u => u.NormalizedUserName),
            ("unit", true) => staff.OrderByDescending(u => u.UnitPath).ThenBy(u => u.NormalizedUserName),
            (_, true) => staff.OrderByDescending(u => u.NormalizedUserName),
            _ => staff.OrderBy(u => u.NormalizedUserName),
        };
        var people = await (all ? sorted.Take(ListExport.MaxRows) : sorted.Skip(query.Skip).Take(query.Size)).ToListAsync(ct);
        var halls = await db.Halls.ToDictionaryAsync(h => h.Id, h => h.Name.ToString(), ct);
        var ids = people.Select(u => u.Id).ToList();
        var last = await db.StaffSessions.Where(s => ids.Contains(s.UserId)).GroupBy(s => s.UserId).Select(g => new { g.Key, At = g.Max(s => s.StartedAtUtc) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        return (total, [.. people.Select(u => new Row(
            u.Id, u.UserName!, u.DisplayName, PostNames(u.Posts), u.HallId is { } hall ? halls.GetValueOrDefault(hall) : null, u.UnitPath, u.Scope, StateOf(u, now),
            last.TryGetValue(u.Id, out var at) ? at : null, u.TotpSecret is not null))]);
    }

    /// <summary>One person in the reader's scope; null: there is none such.</summary>
    public Task<StaffUser?> One(string staffNumber, CancellationToken ct = default)
    {
        var number = StaffNumbers.Normal(staffNumber);
        return db.Staff.Within(current, u => u.UnitPath, u => u.Id).SingleOrDefaultAsync(u => u.NormalizedUserName == number, ct);
    }

    public string PostNames(string codes) => string.Join('、', codes.Split(' ').Select(c => packs.Posts.GetValueOrDefault(c)?.Name.ToString() ?? c));

    public static string StateOf(StaffUser u, DateTimeOffset now) => u.HasLeft ? "left" : u.IsLockedOut(now) ? "locked" : u.OneTimeUntilUtc is not null ? "new" : "active";
}
