using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace OpenHall.App;

/// <summary>Makes the keys that protect cookies and drafts ahead of their need: made at first use they would be written in the middle of a
/// command, where SQLite's one writer is busy with that command.</summary>
public sealed class KeyRenewal(IKeyManager keys, IDataProtectionProvider protection)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);
    private static readonly TimeSpan ValidFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _nextLook;

    /// <summary>Makes a key when none lasts two weeks more, and reads the ring, so that nobody has to wait for it.</summary>
    public void RenewSoon()
    {
        // The ring goes by the machine's clock, whatever time the hall's own clock shows.
        var now = TimeProvider.System.GetUtcNow();
        if (now < _nextLook) return;
        _nextLook = now + LookEvery;
        if (!keys.GetAllKeys().Any(k => !k.IsRevoked && k.ActivationDate <= now && k.ExpirationDate > now + Ahead)) keys.CreateNewKey(now, now + ValidFor);
        protection.CreateProtector(nameof(KeyRenewal)).Protect([]);
    }
}
