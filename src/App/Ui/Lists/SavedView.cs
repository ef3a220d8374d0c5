using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>A list as somebody likes to see it: its filters, order and columns under a name of one's own.</summary>
public sealed class SavedView
{
    /// <summary>Characters of a name and of an address.</summary>
    public const int MaxNameLength = 40, MaxPathLength = 120, MaxQueryLength = 1_000;
    /// <summary>Views a person may keep of one list.</summary>
    public const int MaxOfOneList = 30;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    /// <summary>Address of the list.</summary>
    public required string Path { get; init; }
    public required string Name { get; init; }
    /// <summary>What stands behind the address, from the question mark on; may be empty.</summary>
    public required string Query { get; set; }
}

public static class SavedViewTables
{
    extension(HallDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
    }
}

sealed class SavedViewMap : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("saved_views");
        view.Property(v => v.Path).HasMaxLength(SavedView.MaxPathLength);
        view.Property(v => v.Name).HasMaxLength(SavedView.MaxNameLength);
        view.Property(v => v.Query).HasMaxLength(SavedView.MaxQueryLength);
        view.HasOne<StaffUser>().WithMany().HasForeignKey(v => v.UserId);
        view.HasIndex(v => new { v.UserId, v.Path, v.Name }).IsUnique();
    }
}
