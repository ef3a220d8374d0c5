using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.People;

/// <summary>Adds a person to the staff with posts and data scope. Granting rights needs a second person, unless nobody else
/// could approve yet (the first administrator) or the house is still being set up.</summary>
public sealed class CreateStaff(Work work, Current current, Passwords passwords, Packs packs, TimeProvider clock)
{
    /// <param name="Posts">Codes of the packs' posts, 1 or more.</param>
    /// <param name="UnitPath">Unit in the organisation tree; "/" is the company itself.</param>
    /// <param name="ScopeUnits">Units seen, when the scope is <see cref="DataScope.Chosen"/>.</param>
    /// <param name="Password">Null: a one-time password is made and answered once.</param>
    [Needs("admin.staff"), FourEyes("staff.approve", UnlessAlone = true)]
    public sealed record Command(
        Guid RequestId, string StaffNumber, string DisplayName, IReadOnlyList<string> Posts, Guid? HallId, string UnitPath, DataScope Scope,
        IReadOnlyList<string>? ScopeUnits = null, Secret? Password = null) : ICommand;

    /// <param name="OneTimePassword">Shown once; empty when the password was given, or when the same request is sent again.</param>
    public sealed record Created(Guid UserId, string StaffNumber, Secret OneTimePassword);

    /// <exception cref="Refused">staff.number_shape; staff.number_taken; staff.name_missing; staff.posts_missing; post.not_found; unit.not_found; hall.not_found;
    /// scope.outside; scope.too_wide; password.*; approval.needed</exception>
    public async Task<Created> Handle(Command c, CancellationToken ct = default)
    {
        var number = c.StaffNumber.Trim();
        StaffNumbers.Check(number);
        Refused.IfField(string.IsNullOrWhiteSpace(c.DisplayName), "DisplayName", "staff.name_missing");
        var isGiven = c.Password is { IsEmpty: false };
        var password = isGiven ? c.Password!.Value.Value : OneTimePassword.Make();
        if (isGiven) Passwords.Check(password, number);
        var hash = await passwords.Hash(password, ct);
        return await work.Once(c, async db =>
        {
            await Rights.Check(db, current, packs, c.Posts, c.HallId, c.UnitPath, c.Scope, c.ScopeUnits ?? [], ct);
            var normal = StaffNumbers.Normal(number);
            Refused.IfField(await db.Staff.AnyAsync(u => u.NormalizedUserName == normal, ct), "StaffNumber", "staff.number_taken", number);
            var user = new StaffUser
            {
                UserName = number, NormalizedUserName = normal, DisplayName = c.DisplayName.Trim(), LockoutEnabled = true, PasswordHash = hash,
                Posts = string.Join(' ', c.Posts), HallId = c.HallId, UnitPath = c.UnitPath, Scope = c.Scope, ScopeUnits = string.Join(' ', c.ScopeUnits ?? []),
                OneTimeUntilUtc = isGiven ? null : clock.GetUtcNow().UtcDateTime + AccessLimits.OneTimePasswordFor,
            };
            user.ChangeStamp();
            db.Add(user);
            (db.Subject, db.HallOfCommand) = (number, c.HallId);
            return new Created(user.Id, number, isGiven ? "" : password);
        }, ct);
    }
}

/// <summary>What may be granted: posts that exist, units that exist, nothing wider than what the one who grants has.</summary>
static class Rights
{
    public static async Task Check(HallDb db, Current current, Packs packs, IReadOnlyList<string> posts, Guid? hallId, string unitPath, DataScope scope, IReadOnlyList<string> scopeUnits, CancellationToken ct)
    {
        Refused.IfField(posts.Count == 0, "Posts", "staff.posts_missing");
        foreach (var post in posts) Refused.IfField(!packs.Posts.ContainsKey(post), "Posts", "post.not_found", post);
        foreach (var path in scopeUnits.Append(unitPath).Where(p => p != "/"))
            Refused.IfField(!await db.OrgUnits.AnyAsync(u => u.Path == path, ct), "UnitPath", "unit.not_found", path);
        Refused.IfField(hallId is not null && !await db.Halls.AnyAsync(h => h.Id == hallId, ct), "HallId", "hall.not_found");
        Refused.IfField(!current.Covers(unitPath), "UnitPath", "scope.outside");
        Refused.IfField(scope == DataScope.All && current.Scope != DataScope.All, "Scope", "scope.too_wide");
        Refused.IfField(scope == DataScope.Chosen && (scopeUnits.Count == 0 || !scopeUnits.All(current.Covers)), "ScopeUnits", "scope.too_wide");
        Refused.IfField(scope == DataScope.OwnUnitAndBelow && current.Scope == DataScope.OwnUnit, "Scope", "scope.too_wide");
    }
}

static class OneTimePassword
{
    /// <summary>No letter or digit that is taken for another one.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 4, GroupLength = 4;

    public static string Make() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetString(Letters, GroupLength)));
}
