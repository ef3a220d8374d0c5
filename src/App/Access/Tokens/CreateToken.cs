using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Makes an API token. It can do nothing that its maker can't, and granting it wants a second person like any right.</summary>
public sealed class CreateToken(Work work, Current current, Packs packs, TimeProvider clock)
{
    /// <param name="Days">Days until it expires, 1 to <see cref="ApiToken.MaxDays"/>.</param>
    [Needs("admin.tokens"), FourEyes("staff.approve", UnlessAlone = true)]
    public sealed record Command(Guid RequestId, string Name, IReadOnlyList<string> Permissions, DataScope Scope, string UnitPath, Guid? HallId, int Days) : ICommand;

    /// <param name="Token">Shown once; empty when the same request is sent again.</param>
    public sealed record Made(Guid TokenId, string Name, Secret Token);

    /// <exception cref="Refused">token.name_missing; token.name_taken; token.permissions_missing; token.permission_unknown; token.days_out_of_range; scope.outside; scope.too_wide; approval.needed</exception>
    public Task<Made> Handle(Command c, CancellationToken ct = default)
    {
        Refused.IfField(c.Name.Trim().Length is 0 or > ApiToken.MaxName, "Name", "token.name_missing", ApiToken.MaxName);
        Refused.IfField(c.Permissions.Count == 0, "Permissions", "token.permissions_missing");
        Refused.IfField(c.Days is < 1 or > ApiToken.MaxDays, "Days", "token.days_out_of_range", ApiToken.MaxDays);
        foreach (var permission in c.Permissions) Refused.IfField(!packs.Posts.Values.Any(p => p.Permissions.Contains(permission)), "Permissions", "token.permission_unknown", permission);
        return work.Once(c, async db =>
        {
            Refused.IfField(!current.Covers(c.UnitPath), "UnitPath", "scope.outside");
            Refused.IfField((c.Scope == DataScope.All && current.Scope != DataScope.All) || c.Scope == DataScope.Chosen, "Scope", "scope.too_wide");
            Refused.IfField(await db.Set<ApiToken>().AnyAsync(t => t.Name == c.Name.Trim(), ct), "Name", "token.name_taken", c.Name.Trim());
            var at = clock.GetUtcNow().UtcDateTime;
            var secret = ApiToken.NewSecret();
            var token = new ApiToken
            {
                Name = c.Name.Trim(), SecretHash = Audit.Hex(secret), Permissions = string.Join(' ', c.Permissions.Distinct().Order(StringComparer.Ordinal)),
                UnitPath = c.UnitPath, Scope = c.Scope, HallId = c.HallId, MadeBy = current.UserId!.Value, MadeAtUtc = at, ExpiresAtUtc = at.AddDays(c.Days),
            };
            db.Add(token);
            db.Subject = token.Name;
            return new Made(token.Id, token.Name, token.WrittenWith(secret));
        }, ct);
    }
}

/// <summary>Ends a token at once.</summary>
public sealed class RevokeToken(Work work, TimeProvider clock)
{
    [Needs("admin.tokens")]
    public sealed record Command(Guid RequestId, Guid TokenId) : ICommand;

    /// <exception cref="Refused">token.not_found</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var token = await db.Set<ApiToken>().Hold(t => t.Id == c.TokenId, orRefuse: "token.not_found", ct);
        token.Revoke(clock.GetUtcNow().UtcDateTime);
        db.Subject = token.Name;
        return true;
    }, ct);
}

/// <summary>Remembers that a token is in use, to the hour.</summary>
public sealed class NoteTokenUse(Work work, TimeProvider clock)
{
    [NeedsSignIn("the token itself, while it is checked")]
    public sealed record Command(Guid RequestId, Guid TokenId) : ICommand;

    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var token = await db.Set<ApiToken>().Hold(t => t.Id == c.TokenId, orRefuse: "token.not_found", ct);
        token.NoteUse(clock.GetUtcNow().UtcDateTime);
        db.Subject = token.Name;
        return true;
    }, ct);
}
