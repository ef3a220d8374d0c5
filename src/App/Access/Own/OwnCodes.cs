using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Sets up the code generator: the person proves with a first code that the telephone has the secret, and gets recovery codes.</summary>
public sealed class SetUpTotp(Work work, Current current, Totp totp)
{
    /// <param name="Sealed">The secret that the page showed, sealed by the server.</param>
    [NeedsSignIn("one's own second step")]
    public sealed record Command(Guid RequestId, Secret Sealed, string Code) : ICommand;

    /// <summary>Recovery codes, shown once; empty when the same request is sent again.</summary>
    public sealed record Made(Secret Codes);

    /// <exception cref="Refused">signin.wrong_code; totp.unreadable</exception>
    public Task<Made> Handle(Command c, CancellationToken ct = default)
    {
        byte[] secret;
        try
        {
            secret = totp.Open(c.Sealed.Value);
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            throw new Refused("totp.unreadable");
        }

        return work.Once(c, async db =>
        {
            var step = totp.StepOf(secret, Digits(c.Code), after: 0) ?? throw new Refused("signin.wrong_code") { Field = "Code" };
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            (user.TotpSecret, user.TotpLastStep) = (c.Sealed.Value, step);
            db.Subject = user.UserName;
            return new Made(await RecoveryCodes.Renew(db, user.Id, ct));
        }, ct);
    }

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}

/// <summary>Ends the second step; asks for the password, so that a found screen is not enough.</summary>
public sealed class RemoveTotp(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock)
{
    [NeedsSignIn("one's own second step")]
    public sealed record Command(Guid RequestId, Secret Password) : ICommand;

    /// <exception cref="Refused">password.wrong; signin.locked_out</exception>
    public async Task<bool> Handle(Command c, CancellationToken ct = default)
    {
        await OwnSecret.Check(work, db, current, passwords, clock, c.Password, "Password", ct);
        return await work.Once(c, async db =>
        {
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            user.TotpSecret = null;
            db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(r => r.UserId == user.Id).ToListAsync(ct));
            db.Subject = user.UserName;
            return true;
        }, ct);
    }
}

/// <summary>Ten new recovery codes; the old ones are worth nothing.</summary>
public sealed class RenewRecoveryCodes(Work work, HallDb db, Current current, Passwords passwords, TimeProvider clock)
{
    [NeedsSignIn("one's own codes")]
    public sealed record Command(Guid RequestId, Secret Password) : ICommand;

    /// <exception cref="Refused">password.wrong; signin.locked_out; totp.not_set_up</exception>
    public async Task<SetUpTotp.Made> Handle(Command c, CancellationToken ct = default)
    {
        await OwnSecret.Check(work, db, current, passwords, clock, c.Password, "Password", ct);
        return await work.Once(c, async db =>
        {
            var user = await db.Staff.Hold(u => u.Id == current.UserId, orRefuse: "staff.not_found", ct);
            Refused.If(user.TotpSecret is null, "totp.not_set_up");
            db.Subject = user.UserName;
            return new SetUpTotp.Made(await RecoveryCodes.Renew(db, user.Id, ct));
        }, ct);
    }
}

static class RecoveryCodes
{
    /// <returns>The codes, separated by blanks.</returns>
    public static async Task<Secret> Renew(HallDb db, Guid userId, CancellationToken ct)
    {
        db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(r => r.UserId == userId).ToListAsync(ct));
        var codes = RecoveryCode.Make();
        db.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Hash = RecoveryCode.HashOf(code) }));
        return string.Join(' ', codes);
    }
}
