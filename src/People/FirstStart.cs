using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.People;

/// <summary>First start of a real installation: nobody is there yet, so whoever reads the start code in the server's console becomes
/// the first administrator. Works once.</summary>
public sealed class FirstStart(Work work, Passwords passwords, StartCode code)
{
    /// <param name="CompanyCode">Code of the company's top unit: a–z, 0–9, hyphen.</param>
    [OpenToVisitors("it needs the start code from the server's console and only works while there is no staff")]
    public sealed record Command(Guid RequestId, Secret StartCode, string CompanyName, string CompanyNameEn, string CompanyCode, string StaffNumber, string DisplayName, Secret Password) : ICommand;

    /// <exception cref="Refused">start.done; start.code_wrong; start.company_missing; staff.number_shape; staff.name_missing; password.*</exception>
    public async Task<Guid> Handle(Command c, CancellationToken ct = default)
    {
        Refused.IfField(!code.IsRight(c.StartCode.Value), "StartCode", "start.code_wrong");
        Refused.IfField(string.IsNullOrWhiteSpace(c.CompanyName), "CompanyName", "start.company_missing");
        Refused.IfField(string.IsNullOrWhiteSpace(c.DisplayName), "DisplayName", "staff.name_missing");
        StaffNumbers.Check(c.StaffNumber.Trim());
        Passwords.Check(c.Password.Value, c.StaffNumber.Trim());
        var hash = await passwords.Hash(c.Password.Value, ct);
        return await work.Once(c, async db =>
        {
            // Two browsers at once: the second waits for this row and finds somebody there.
            await db.Set<Installation>().Hold(i => i.Id == 1, orRefuse: "start.done", ct);
            Refused.If(await db.Staff.AnyAsync(ct), "start.done");
            var company = new OrgUnit(null, OrgUnitKind.Province, c.CompanyCode.Trim().ToLowerInvariant(), new LocalText(c.CompanyName, c.CompanyNameEn));
            var user = new StaffUser
            {
                UserName = c.StaffNumber.Trim(), NormalizedUserName = StaffNumbers.Normal(c.StaffNumber), DisplayName = c.DisplayName.Trim(), LockoutEnabled = true,
                PasswordHash = hash, Posts = "administrator", UnitPath = "/", Scope = DataScope.All,
            };
            user.ChangeStamp();
            db.AddRange(company, user);
            db.Subject = user.UserName;
            db.Raise(new AccessChanged(user.Id));
            return user.Id;
        }, ct);
    }
}

/// <summary>The code that proves that somebody has the server's console before them; made anew at each start of the program.</summary>
public sealed class StartCode
{
    private readonly string _code = RandomNumberGenerator.GetString("ABCDEFGHJKMNPQRSTUVWXYZ23456789", Length);
    private int _tries;

    private const int Length = 10;
    /// <summary>Wrong codes after which the program has to be started again.</summary>
    public const int MaxTries = 20;

    /// <summary>As people read it: <c>ABCDE-FGHIJ</c>.</summary>
    public override string ToString() => $"{_code[..5]}-{_code[5..]}";

    public bool IsRight(string typed)
    {
        var plain = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(plain), Encoding.ASCII.GetBytes(_code));
        return Interlocked.Increment(ref _tries) <= MaxTries && isRight;
    }
}
