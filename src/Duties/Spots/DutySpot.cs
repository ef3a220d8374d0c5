using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Duties;

/// <summary>扫码点: a place of one hall with a printed code; whoever scans it was there.</summary>
public sealed class DutySpot
{
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    public const int KeyLength = 12;

    private DutySpot() { }

    public DutySpot(Guid hallId, string code) => (HallId, Code, Key) = (hallId, code, RandomNumberGenerator.GetString(Letters, KeyLength));

    public Guid HallId { get; private init; }
    /// <summary>Place as the packs name it: washroom.</summary>
    public string Code { get; private init; } = "";
    /// <summary>What stands in the printed code.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The old print is worth nothing from now on.</summary>
    public void Renew() => Key = RandomNumberGenerator.GetString(Letters, KeyLength);
}

sealed class DutySpotMap : IEntityTypeConfiguration<DutySpot>
{
    public void Configure(EntityTypeBuilder<DutySpot> spot)
    {
        spot.ToTable("duty_spots").HasKey(s => new { s.HallId, s.Code });
        spot.Property(s => s.Code).HasMaxLength(40);
        spot.Property(s => s.Key).HasMaxLength(DutySpot.KeyLength);
        spot.HasIndex(s => s.Key).IsUnique();
        spot.HasOne<Hall>().WithMany().HasForeignKey(s => s.HallId);
    }
}

public static class SpotsOfHall
{
    /// <summary>Each place of the packs has a code in each hall; those that are missing are made.</summary>
    public static async Task MakeSpots(this HallDb db, DutyPlans plans, Guid hallId, CancellationToken ct)
    {
        var there = await db.DutySpots.Where(s => s.HallId == hallId).Select(s => s.Code).ToListAsync(ct);
        db.AddRange(plans.Spots.Keys.Except(there).Select(code => new DutySpot(hallId, code)));
    }
}
