using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What this database was made for; one row. Keeps demo people and published passwords out of a real hall, and real data out of the demo.</summary>
public sealed class Installation
{
    public short Id { get; private init; } = 1;
    public bool IsDemo { get; private init; }
    public DateTime MadeAtUtc { get; private init; }
    /// <summary>The demo's history is complete; false after a start that was cut off.</summary>
    public bool IsReady { get; set; }

    /// <summary>Marks a new database, or checks an old one.</summary>
    /// <exception cref="Refused">demo.database_is_real; demo.database_is_demo</exception>
    public static async Task<Installation> MarkOrCheck(HallDb db, bool isDemo, DateTime atUtc, CancellationToken ct)
    {
        var kept = await db.Set<Installation>().AsTracking().SingleOrDefaultAsync(ct);
        if (kept is null)
        {
            // A database with people but without the mark is somebody's: the demo does not touch it.
            Refused.If(isDemo && await db.Users.AnyAsync(ct), "demo.database_is_real");
            kept = new() { IsDemo = isDemo, MadeAtUtc = atUtc, IsReady = !isDemo };
            db.Add(kept);
            await db.SaveChangesAsync(ct);
        }

        Refused.If(isDemo && !kept.IsDemo, "demo.database_is_real");
        Refused.If(!isDemo && kept.IsDemo, "demo.database_is_demo");
        return kept;
    }
}

sealed class InstallationMap : IEntityTypeConfiguration<Installation>
{
    public void Configure(EntityTypeBuilder<Installation> installation)
    {
        installation.ToTable("installation").Property(i => i.Id).ValueGeneratedNever();
        installation.Check("one_row", "id = 1");
    }
}
