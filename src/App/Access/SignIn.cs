using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Something about who may come in changed: sessions are asked for anew on every node.</summary>
public sealed record AccessChanged(Guid UserId);

/// <summary>Where a sign-in comes from.</summary>
/// <param name="MadeRoom">Person who let somebody else take over at this browser a moment ago.</param>
public sealed record Browser(string Address, string Name, Guid? MadeRoom = null);

/// <summary>登录: checks who is there, counts wrong tries, begins a session. A wrong try must be remembered, so it is an answer and not a refusal.</summary>
public sealed class SignIn(Work work, HallDb db, Passwords passwords, Totp totp, TimeProvider clock)
{
    public enum Result { In, NeedsCode, Wrong, LockedOut, Expired }

    /// <param name="SessionId">The session begun; null unless <see cref="Result.In"/>.</param>
    public sealed record Outcome(Result Result, Guid UserId, Guid? SessionId = null, DateTime? LockedUntilUtc = null);

    /// <param name="Step">Time step of the right TOTP code, or the recovery code used.</param>
    [OpenToVisitors("it is how a visitor becomes staff; it only counts tries and begins a session after the secret was right")]
    public sealed record Command(Guid RequestId, Guid UserId, SignInMethod Method, bool IsRight, bool IsLastStep, Browser From, long? Step = null, Guid? RecoveryCode = null) : ICommand;

    /// <summary>First step: staff number and password.</summary>
    public async Task<Outcome> ByPassword(string staffNumber, string password, Browser from, CancellationToken ct = default)
    {
        var name = StaffNumbers.Normal(staffNumber);
        var user = await db.Staff.SingleOrDefaultAsync(u => u.NormalizedUserName == name && !u.HasLeft, ct);
        var isRight = await passwords.IsRight(user?.PasswordHash, password, ct);
        if (user is null) return new(Result.Wrong, Guid.Empty);
        return await Do(new(Guid.CreateVersion7(), user.Id, SignInMethod.Password, isRight, user.TotpSecret is null, from), ct);
    }

    /// <summary>Second step: the code of the generator, or one of the recovery codes.</summary>
    public async Task<Outcome> ByCode(Guid userId, string code, Browser from, CancellationToken ct = default)
    {
        var user = await db.Staff.SingleOrDefaultAsync(u => u.Id == userId && !u.HasLeft, ct);
        if (user is null) return new(Result.Wrong, userId);
        var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (typed.Length == Totp.Digits)
        {
            var step = totp.StepOf(user, typed);
            return await Do(new(Guid.CreateVersion7(), userId, SignInMethod.Totp, step is not null, true, from, Step: step), ct);
        }

        var hash = Audit.Hex(typed);
        var recovery = await db.Set<RecoveryCode>().SingleOrDefaultAsync(r => r.UserId == userId && r.Hash == hash && r.UsedAtUtc == null, ct);
        return await Do(new(Guid.CreateVersion7(), userId, SignInMethod.RecoveryCode, recovery is not null, true, from, RecoveryCode: recovery?.Id), ct);
    }

    /// <summary>A passkey that the framework has found right: possession and the person's finger or PIN, so no second step.</summary>
    public Task<Outcome> ByPasskey(Guid userId, Browser from, CancellationToken ct = default) =>
        Do(new(Guid.CreateVersion7(), userId, SignInMethod.Passkey, true, true, from), ct);

    private Task<Outcome> Do(Command c, CancellationToken ct) => work.Once(c, async db =>
    {
        var user = await db.Staff.Hold(u => u.Id == c.UserId, orRefuse: "staff.not_found", ct);
        var now = clock.GetUtcNow();
        db.Subject = user.UserName;
        db.HallOfCommand = user.HallId;
        if (user.HasLeft) return new(Result.Wrong, user.Id);
        // Asked again under the lock: of many guesses at once only the allowed number counts, and a right one after them is no use.
        if (user.IsLockedOut(now)) return new(Result.LockedOut, user.Id, LockedUntilUtc: user.LockoutEnd!.Value.UtcDateTime);
        if (!c.IsRight || !await TakeSecondStep(db, user, c, now.UtcDateTime, ct)) return Tries.CountWrong(user, now) ? new(Result.LockedOut, user.Id, LockedUntilUtc: user.LockoutEnd!.Value.UtcDateTime) : new(Result.Wrong, user.Id);
        if (user.OneTimeUntilUtc < now.UtcDateTime) return new(Result.Expired, user.Id);
        if (!c.IsLastStep) return new(Result.NeedsCode, user.Id);
        user.AccessFailedCount = 0;
        var session = new StaffSession { UserId = user.Id, Method = c.Method, StartedAtUtc = now.UtcDateTime, FromAddress = c.From.Address, Browser = c.From.Name };
        db.Add(session);
        if (c.From.MadeRoom is { } before && before != user.Id) db.Raise(new PersonChanged(before, user.Id, user.DisplayName, user.UserName!));
        return new Outcome(Result.In, user.Id, session.Id);
    }, ct);

    /// <summary>A code is good once, also when two browsers send it at the same moment.</summary>
    private static async Task<bool> TakeSecondStep(HallDb db, StaffUser user, Command c, DateTime at, CancellationToken ct)
    {
        if (c.Step is { } step)
        {
            if (step <= user.TotpLastStep) return false;
            user.TotpLastStep = step;
        }

        if (c.RecoveryCode is not { } id) return true;
        var code = await db.Set<RecoveryCode>().Hold(r => r.Id == id, orRefuse: "signin.wrong", ct);
        if (code.UsedAtUtc is not null) return false;
        code.Use(at);
        return true;
    }
}

/// <summary>Counting of wrong tries, the same for every way in.</summary>
static class Tries
{
    /// <returns>Whether this try locked the person out.</returns>
    public static bool CountWrong(StaffUser user, DateTimeOffset now)
    {
        if (++user.AccessFailedCount < AccessLimits.MaxWrongTries) return false;
        user.AccessFailedCount = 0;
        user.LockoutEnd = now + AccessLimits.LockOutFor;
        return true;
    }
}

/// <summary>工号: letters, digits, - and _; compared without case.</summary>
public static class StaffNumbers
{
    /// <summary>Characters of a staff number.</summary>
    public const int MaxLength = 20;

    public static string Normal(string staffNumber) => staffNumber.Trim().ToUpperInvariant();

    /// <exception cref="Refused">staff.number_shape</exception>
    public static void Check(string staffNumber) =>
        Refused.IfField(staffNumber.Length is 0 or > MaxLength || !staffNumber.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), "StaffNumber", "staff.number_shape", MaxLength);
}
