using Microsoft.AspNetCore.Identity;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Making and checking stored passwords and PINs (PBKDF2). The work is done outside transactions, a few at once.</summary>
public sealed class Passwords(IPasswordHasher<StaffUser> hasher)
{
    // Compared with when there is no such person, so that the answer takes as long.
    private readonly Lazy<string> _nobody = new(() => hasher.HashPassword(null!, "nobody"));
    private readonly SemaphoreSlim _atOnce = new(AccessLimits.HashesAtOnce, AccessLimits.HashesAtOnce);

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "12345678910", "0987654321", "1111111111", "0000000000", "qwertyuiop", "1qaz2wsx3edc", "password123", "password12", "password1234",
        "administrator", "admin12345", "admin123456", "qwerty12345", "qwer123456", "abc1234567", "abcd123456", "a123456789", "aa123456789", "woaini1314", "woaini520", "iloveyou123", "5201314520", "zxcvbnm123", "1q2w3e4r5t",
    };

    /// <exception cref="Refused">password.too_short; password.too_long; password.too_simple</exception>
    public static void Check(string password, string staffNumber, string field = "Password")
    {
        Refused.IfField(password.Length < AccessLimits.MinPasswordLength, field, "password.too_short", AccessLimits.MinPasswordLength);
        Refused.IfField(password.Length > AccessLimits.MaxPasswordLength, field, "password.too_long", AccessLimits.MaxPasswordLength);
        var isSimple = Common.Contains(password) || password.Distinct().Count() < 4 || (staffNumber.Length > 2 && password.Contains(staffNumber, StringComparison.OrdinalIgnoreCase));
        Refused.IfField(isSimple, field, "password.too_simple");
    }

    /// <exception cref="Refused">pin.shape; pin.too_simple</exception>
    public static void CheckPin(string pin, string field = "Pin")
    {
        Refused.IfField(pin.Length != AccessLimits.PinLength || !pin.All(char.IsAsciiDigit), field, "pin.shape", AccessLimits.PinLength);
        var steps = pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct().ToArray();
        Refused.IfField(steps is [-1 or 0 or 1] || pin.Distinct().Count() < 3, field, "pin.too_simple");
    }

    public Task<string> Hash(string secret, CancellationToken ct = default) => Few(() => hasher.HashPassword(null!, secret), ct);

    /// <param name="hash">Null: there is none; takes as long and is never right.</param>
    public Task<bool> IsRight(string? hash, string secret, CancellationToken ct = default) => Few(() =>
    {
        var result = hasher.VerifyHashedPassword(null!, hash ?? _nobody.Value, secret.Length > AccessLimits.MaxPasswordLength ? "" : secret);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }, ct);

    private async Task<T> Few<T>(Func<T> work, CancellationToken ct)
    {
        await _atOnce.WaitAsync(ct);
        try
        {
            return await Task.Run(work, ct);
        }
        finally
        {
            _atOnce.Release();
        }
    }
}
