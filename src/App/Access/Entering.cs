using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What follows a checked sign-in: the cookie and the way to the first page; and the way out.</summary>
static class Entering
{
    /// <summary>Sets the cookie of the session begun.</summary>
    /// <returns>Address to go on to: where the person wanted to go, or the home of the post.</returns>
    public static async Task<string> Go(HttpContext http, SignIn.Outcome outcome, string? wanted, HallDb db, Packs packs)
    {
        var user = await db.Staff.SingleAsync(u => u.Id == outcome.UserId);
        await SignInCookie.Begin(http, user.Id, outcome.SessionId!.Value, user.SecurityStamp!);
        var current = new Current();
        current.Become(user, packs.PermissionsOf(user.Posts.Split(' ')));
        return wanted is null or "/" ? Homes.Of(current, packs) : wanted;
    }

    public static Refused RefusalOf(SignIn.Outcome outcome) => outcome.Result switch
    {
        SignIn.Result.LockedOut => new("signin.locked_out", TimeOf(outcome.LockedUntilUtc)),
        SignIn.Result.Expired => new("signin.expired"),
        _ => new("signin.wrong"),
    };

    /// <summary>The hall's clock when the lock-out ends.</summary>
    public static string TimeOf(DateTime? utc) => utc is { } at ? Shown.Local(at.AddMinutes(1)).ToString("HH:mm", CultureInfo.InvariantCulture) : "";
}

/// <summary>退出: ends the session on the server, so that a copied cookie is worth nothing.</summary>
public sealed class SignOut(Work work, Current current, TimeProvider clock)
{
    [OpenToVisitors("it only ends the session of whoever asks")]
    public sealed record Command(Guid RequestId, Guid SessionId) : ICommand;

    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var session = await db.StaffSessions.HoldOrNull(s => s.Id == c.SessionId && s.UserId == current.UserId, ct);
        if (session is null) return false;
        session.End(clock.GetUtcNow().UtcDateTime);
        db.Subject = current.StaffNumber;
        db.Raise(new AccessChanged(session.UserId));
        return true;
    }, ct);

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPost(ShellFacts.SignOutPath, async (SignOut signOut, Current current, HttpContext http, CancellationToken ct) =>
    {
        if (current.SessionId is { } session) await signOut.Handle(new(Guid.CreateVersion7(), session), ct);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return Results.LocalRedirect("/signin");
    }).AllowAnonymous().ExcludeFromDescription();
}
