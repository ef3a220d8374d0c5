using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

public enum SignInMethod { Password, Totp, RecoveryCode, Passkey }

/// <summary>One sign-in at one browser, from its beginning to its end. The cookie names it, so it can be locked and ended from the server.</summary>
public sealed class StaffSession
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public SignInMethod Method { get; init; }
    public DateTime StartedAtUtc { get; init; }
    /// <summary>Address the browser came from.</summary>
    public required string FromAddress { get; init; }
    /// <summary>Name of the browser, as far as it says.</summary>
    public required string Browser { get; init; }
    public DateTime? LockedAtUtc { get; private set; }
    /// <summary>Wrong PINs since the screen was locked.</summary>
    public int WrongPins { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>Wrong PINs after which only the password opens the screen.</summary>
    public const int MaxWrongPins = 5;

    public bool TakesPin => WrongPins < MaxWrongPins;

    public void Lock(DateTime atUtc) => LockedAtUtc ??= atUtc;

    public void Unlock() => (LockedAtUtc, WrongPins) = (null, 0);

    public void CountWrongPin() => WrongPins = Math.Min(WrongPins + 1, MaxWrongPins);

    public void End(DateTime atUtc) => EndedAtUtc ??= atUtc;
}

public static class AccessTables
{
    extension(HallDb db)
    {
        public DbSet<StaffUser> Staff => db.Set<StaffUser>();
        public DbSet<StaffSession> StaffSessions => db.Set<StaffSession>();
    }
}

sealed class StaffSessionMap : IEntityTypeConfiguration<StaffSession>
{
    public void Configure(EntityTypeBuilder<StaffSession> session)
    {
        session.ToTable("staff_sessions");
        session.Property(s => s.FromAddress).HasMaxLength(64);
        session.Property(s => s.Browser).HasMaxLength(120);
        session.HasOne<StaffUser>().WithMany().HasForeignKey(s => s.UserId);
        session.HasIndex(s => new { s.UserId, s.StartedAtUtc });
        session.Check("wrong_pins", $"wrong_pins between 0 and {StaffSession.MaxWrongPins}");
    }
}
