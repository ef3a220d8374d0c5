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
    /// <summary>Codes of the posts held, separated by blanks; the posts' permissions come from the packs.</summary>
    public required string Posts { get; set; }
    public bool HasLeft { get; set; }
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
        user.Property(u => u.Posts).HasMaxLength(200);
        user.Property(u => u.PasswordHash).HasMaxLength(400);
        user.Property(u => u.SecurityStamp).HasMaxLength(100);
        user.Property(u => u.ConcurrencyStamp).HasMaxLength(100);
        user.Property(u => u.PhoneNumber).HasMaxLength(40);
        user.Property(u => u.LockoutEnd).HasConversion(at => at!.Value.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
    }
}
