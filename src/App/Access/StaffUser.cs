using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>A person of the staff as the sign-in knows them. The user name is the staff number (工号).</summary>
public sealed class StaffUser : IdentityUser<Guid>
{
    public StaffUser() => Id = Guid.CreateVersion7();

    public required string DisplayName { get; set; }
    public Guid? HallId { get; set; }
    /// <summary>Path of the person's unit in the organisation tree, <c>/province/city/hall/</c>.</summary>
    public required string UnitPath { get; set; }
    public DataScope Scope { get; set; } = DataScope.OwnUnit;
    /// <summary>Paths of the units a person with <see cref="DataScope.Chosen"/> sees, separated by blanks.</summary>
    public string ScopeUnits { get; set; } = "";
    /// <summary>Codes of the posts held, separated by blanks; the posts' permissions come from the packs.</summary>
    public required string Posts { get; set; }
    public bool HasLeft { get; set; }
    /// <summary>The password was given by somebody else: its owner sets a new one before anything else, by this instant.</summary>
    public DateTime? OneTimeUntilUtc { get; set; }
    /// <summary>Secret of the code generator (TOTP), sealed with the program's own keys; null: not set up.</summary>
    public string? TotpSecret { get; set; }
    /// <summary>Time step of the last code used: none is taken twice.</summary>
    public long TotpLastStep { get; set; }
    /// <summary>Hash of the PIN that opens this person's own locked screen; null: none.</summary>
    public string? PinHash { get; set; }

    public bool IsLockedOut(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>Ends all sessions and everything that was agreed before: the cookies carry the stamp.</summary>
    public void ChangeStamp() => SecurityStamp = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));
}

/// <summary>数据范围: how far a person sees.</summary>
public enum DataScope { Self, OwnUnit, OwnUnitAndBelow, Chosen, All }

sealed class StaffUserMap : IEntityTypeConfiguration<StaffUser>
{
    public void Configure(EntityTypeBuilder<StaffUser> user)
    {
        user.ToTable("staff_users");
        user.Property(u => u.DisplayName).HasMaxLength(60);
        user.Property(u => u.UnitPath).HasMaxLength(200);
        user.Property(u => u.ScopeUnits).HasMaxLength(2000);
        user.Property(u => u.Posts).HasMaxLength(2000);
        user.Property(u => u.PasswordHash).HasMaxLength(400);
        user.Property(u => u.PinHash).HasMaxLength(400);
        user.Property(u => u.TotpSecret).HasMaxLength(600);
        user.Property(u => u.SecurityStamp).HasMaxLength(100);
        user.Property(u => u.ConcurrencyStamp).HasMaxLength(100);
        user.Property(u => u.PhoneNumber).HasMaxLength(40);
        user.Property(u => u.LockoutEnd).HasConversion(at => at!.Value.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
        user.Check("failed_count", "access_failed_count >= 0");
    }
}

sealed class StaffPasskeyMap : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> passkey)
    {
        passkey.ToTable("staff_passkeys");
        passkey.OwnsOne(p => p.Data, data => data.ToJson("data"));
    }
}

sealed class StaffClaimMap : IEntityTypeConfiguration<IdentityUserClaim<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> claim) => claim.ToTable("staff_claims");
}

sealed class StaffLoginMap : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> login) => login.ToTable("staff_logins");
}

sealed class StaffTokenMap : IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> token) => token.ToTable("staff_tokens");
}
