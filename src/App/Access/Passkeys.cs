using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>通行密钥: keeps a key that the browser made and the framework has checked.</summary>
public sealed class AddPasskey(Work work, Current current, TimeProvider clock)
{
    /// <summary>Keys of one person, and characters of a key's name.</summary>
    public const int MaxKeys = 10, MaxName = 40;

    [NeedsSignIn("one's own key")]
    public sealed record Command(Guid RequestId, string Name, byte[] CredentialId) : ICommand;

    /// <exception cref="Refused">passkey.name_missing; passkey.too_many</exception>
    public Task<bool> Handle(Command c, UserPasskeyInfo key, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Name) || c.Name.Length > MaxName, "Name", "passkey.name_missing", MaxName);
        var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
        Refused.If(await db.UserPasskeys.CountAsync(p => p.UserId == user.Id, ct) >= MaxKeys, "passkey.too_many", MaxKeys);
        db.Add(new IdentityUserPasskey<Guid>
        {
            UserId = user.Id, CredentialId = key.CredentialId,
            Data = new()
            {
                PublicKey = key.PublicKey, Name = c.Name.Trim(), CreatedAt = clock.GetUtcNow(), SignCount = key.SignCount, Transports = key.Transports, IsUserVerified = key.IsUserVerified,
                IsBackupEligible = key.IsBackupEligible, IsBackedUp = key.IsBackedUp, AttestationObject = key.AttestationObject, ClientDataJson = key.ClientDataJson,
            },
        });
        db.Subject = user.UserName;
        return true;
    }, ct);
}

public sealed class RemovePasskey(Work work, Current current)
{
    [NeedsSignIn("one's own key")]
    public sealed record Command(Guid RequestId, byte[] CredentialId) : ICommand;

    /// <exception cref="Refused">passkey.not_found</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        db.Remove(await db.UserPasskeys.Hold(p => p.CredentialId == c.CredentialId && p.UserId == current.UserId, orRefuse: "passkey.not_found", ct));
        db.Subject = current.StaffNumber;
        return true;
    }, ct);
}

/// <summary>Remembers how often a key was used: a copied key gives itself away by counting backwards.</summary>
public sealed class CountPasskey(Work work)
{
    [OpenToVisitors("part of signing in: the framework has found the key right")]
    public sealed record Command(Guid RequestId, byte[] CredentialId, uint SignCount, bool IsBackedUp) : ICommand;

    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var key = await db.UserPasskeys.Hold(p => p.CredentialId == c.CredentialId, orRefuse: "passkey.not_found", ct);
        (key.Data.SignCount, key.Data.IsBackedUp) = (c.SignCount, c.IsBackedUp);
        return true;
    }, ct);
}

static class PasskeyPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        // Without a name the browser offers all keys it has for this hall.
        pages.MapPost("/passkey/options", async (SignInManager<StaffUser> signIn) => Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json"))
            .AllowAnonymous().ExcludeFromDescription();

        pages.MapPost("/passkey/sign-in", async ([FromForm] string credential, [FromForm(Name = "Return")] string? wanted, HttpContext http, SignInManager<StaffUser> manager, SignIn signIn, CountPasskey count, HallDb db, Packs packs, IDataProtectionProvider protection, CancellationToken ct) =>
        {
            var found = await manager.PerformPasskeyAssertionAsync(credential);
            Refused.If(!found.Succeeded || found.User.HasLeft, "passkey.refused");
            var outcome = await signIn.ByPasskey(found.User!.Id, SignInCookie.BrowserOf(http, ChangeOfPerson.Of(http, protection)), ct);
            if (outcome.Result != SignIn.Result.In) throw Entering.RefusalOf(outcome);
            await count.Handle(new(Guid.CreateVersion7(), found.Passkey!.CredentialId, found.Passkey.SignCount, found.Passkey.IsBackedUp), ct);
            ChangeOfPerson.Forget(http);
            http.Response.Headers["HX-Redirect"] = await Entering.Go(http, outcome, Homes.Ours(wanted), db, packs);
            return Results.NoContent();
        }).AllowAnonymous().ExcludeFromDescription();

        var mine = pages.MapGroup("/me/passkeys").RequireAuthorization().ExcludeFromDescription();
        mine.MapPost("/options", async (SignInManager<StaffUser> signIn, Current current) => Results.Content(
            await signIn.MakePasskeyCreationOptionsAsync(new() { Id = current.UserId!.Value.ToString(), Name = current.StaffNumber, DisplayName = current.Name }), "application/json"));
        mine.MapPost("/", async ([FromForm] Guid requestId, [FromForm] string credential, [FromForm] string name, SignInManager<StaffUser> manager, AddPasskey add, CancellationToken ct) =>
        {
            var made = await manager.PerformPasskeyAttestationAsync(credential);
            Refused.If(!made.Succeeded, "passkey.refused");
            await add.Handle(new(requestId, name, made.Passkey!.CredentialId), made.Passkey, ct);
            return Results.NoContent();
        });
        mine.MapPost("/remove", async ([FromForm] Guid requestId, [FromForm] string id, RemovePasskey remove, CancellationToken ct) =>
        {
            await remove.Handle(new(requestId, Convert.FromHexString(id)), ct);
            return Results.NoContent();
        });
    }
}
