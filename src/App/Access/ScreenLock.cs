using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>锁屏: from now on this session may only unlock, change the person or end; kept on the server, so that no other tab or tool goes round it.</summary>
public sealed class LockScreen(Work work, Current current, TimeProvider clock)
{
    [NeedsSignIn("one's own screen")]
    public sealed record Command(Guid RequestId, Guid SessionId) : ICommand;

    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var session = await db.StaffSessions.Hold(s => s.Id == c.SessionId && s.UserId == current.UserId, orRefuse: "session.not_found", ct);
        session.Lock(clock.GetUtcNow().UtcDateTime);
        db.Subject = current.StaffNumber;
        db.Raise(new AccessChanged(session.UserId));
        return true;
    }, ct);
}

/// <summary>解锁: by PIN a few times, by password always; only for the person whose session it is.</summary>
public sealed class Unlock(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock)
{
    public enum Result { Open, Wrong, PinUsedUp, LockedOut }

    public sealed record Outcome(Result Result, DateTime? LockedUntilUtc = null);

    [NeedsSignIn("one's own screen; the secret was checked before, a wrong one is only counted")]
    public sealed record Command(Guid RequestId, Guid SessionId, bool IsPin, bool IsRight) : ICommand;

    /// <exception cref="Refused">session.not_found; session.pin_used_up; session.wrong_secret; signin.locked_out</exception>
    public async Task Handle(Guid requestId, string secret, bool isPin, CancellationToken ct = default)
    {
        var sessionId = current.SessionId ?? throw new Refused("session.not_found");
        var user = await db.Staff.SingleAsync(u => u.Id == current.UserId, ct);
        var isRight = await passwords.IsRight(isPin ? user.PinHash : user.PasswordHash, secret, ct);
        var outcome = await Do(new(requestId, sessionId, isPin, isRight), ct);
        Refused.IfField(outcome.Result == Result.PinUsedUp, "Password", "session.pin_used_up");
        Refused.IfField(outcome.Result == Result.LockedOut, "Password", "signin.locked_out", Entering.TimeOf(outcome.LockedUntilUtc));
        Refused.IfField(outcome.Result == Result.Wrong, isPin ? "Pin" : "Password", "session.wrong_secret");
    }

    private Task<Outcome> Do(Command c, CancellationToken ct) => work.Once(c, async db =>
    {
        var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
        var session = await db.StaffSessions.Hold(s => s.Id == c.SessionId && s.UserId == user.Id, orRefuse: "session.not_found", ct);
        var now = clock.GetUtcNow();
        db.Subject = user.UserName;
        if (c.IsPin)
        {
            if (!session.TakesPin) return new(Result.PinUsedUp);
            if (!c.IsRight) session.CountWrongPin();
            if (!c.IsRight) return new(session.TakesPin ? Result.Wrong : Result.PinUsedUp);
        }
        else
        {
            if (user.IsLockedOut(now)) return new(Result.LockedOut, user.LockoutEnd!.Value.UtcDateTime);
            if (!c.IsRight) return Tries.CountWrong(user, now) ? new(Result.LockedOut, user.LockoutEnd!.Value.UtcDateTime) : new(Result.Wrong);
            user.AccessFailedCount = 0;
        }

        session.Unlock();
        db.Raise(new AccessChanged(user.Id));
        return new Outcome(Result.Open);
    }, ct);
}

static class ScreenLockPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(ShellFacts.LockPath, async (HttpContext http, LockScreen lockScreen, Current current, CancellationToken ct) =>
        {
            if (current.SessionId is { } session) await lockScreen.Handle(new(Guid.CreateVersion7(), session), ct);
            return http.Request.Headers.ContainsKey("HX-Request") ? Results.NoContent() : Results.LocalRedirect(Answers.LockedPath);
        }).RequireAuthorization().WithMetadata(new StaysOpenAttribute()).ExcludeFromDescription();

        pages.MapPost("/unlock", async ([FromForm] Guid requestId, [FromForm] string? pin, [FromForm] string? password, [FromForm] string? back, HttpContext http, Unlock unlock, CancellationToken ct) =>
        {
            await unlock.Handle(requestId, string.IsNullOrEmpty(password) ? pin ?? "" : password, string.IsNullOrEmpty(password), ct);
            if (Homes.Ours(back) is { } address) http.Response.Headers["HX-Redirect"] = address;
            return Results.NoContent();
        }).RequireAuthorization().WithMetadata(new StaysOpenAttribute()).ExcludeFromDescription();

        // 换人: the counter stays with the place; whoever signs in next at this browser takes it over.
        pages.MapPost("/change-person", async ([FromForm] string? back, HttpContext http, SignOut signOut, Current current, IDataProtectionProvider protection, CancellationToken ct) =>
        {
            if (current is { SessionId: { } session, UserId: { } user })
            {
                await signOut.Handle(new(Guid.CreateVersion7(), session), ct);
                ChangeOfPerson.Remember(http, protection, user);
            }

            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.LocalRedirect(Homes.Ours(back) is { } address ? $"{Answers.SignInPath}?return={Uri.EscapeDataString(address)}" : Answers.SignInPath);
        }).RequireAuthorization().WithMetadata(new StaysOpenAttribute()).ExcludeFromDescription();
    }
}
