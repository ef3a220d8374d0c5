using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Months in which accounts are read and billed: each, the odd ones, the even ones.</summary>
public enum CycleMonths { Every, Odd, Even }

/// <summary>抄表例日: in which months, and on which day of them, the accounts of some routes are read and billed.</summary>
public sealed class BillingCycle
{
    public const int MostCodeLength = 20;
    public const int MostNameLength = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public required string Name { get; set; }
    public CycleMonths Months { get; set; }
    /// <summary>1–31; the last day of months that are shorter.</summary>
    public short ReadingDay { get; set; }

    public bool FallsIn(BillingPeriod period) => Months == CycleMonths.Every || Months == MonthsOf(period);

    /// <summary>The day on which its meters are read in a month.</summary>
    public DateOnly DayIn(BillingPeriod period) => period.FirstDay.AddDays(Math.Min((int)ReadingDay, period.LastDay.Day) - 1);

    /// <summary>Odd or Even.</summary>
    public static CycleMonths MonthsOf(BillingPeriod period) => period.Month % 2 == 1 ? CycleMonths.Odd : CycleMonths.Even;
}

/// <summary>抄表段: supply points in the order in which one reader walks them.</summary>
public sealed class ReadingRoute
{
    /// <summary>Supply points of one route.</summary>
    public const int MostStops = 2_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public required string Name { get; set; }
    /// <summary>Unit whose accounts it may hold, with those below.</summary>
    public required string UnitPath { get; init; }
    public Guid CycleId { get; set; }
    /// <summary>Person of the staff who reads it; null: nobody yet.</summary>
    public Guid? ReaderId { get; set; }
    public string? ReaderName { get; set; }
}

/// <summary>A supply point's place on its route; it is on one route at most.</summary>
public sealed class RouteStop
{
    public required long AccountId { get; init; }
    public short Bucket { get; init; }
    public Guid RouteId { get; set; }
    /// <summary>From 1, without gaps.</summary>
    public int Place { get; set; }
}

sealed class BillingCycleMap : IEntityTypeConfiguration<BillingCycle>
{
    public void Configure(EntityTypeBuilder<BillingCycle> cycle)
    {
        cycle.ToTable("billing_cycles");
        cycle.Property(c => c.Code).HasMaxLength(BillingCycle.MostCodeLength);
        cycle.Property(c => c.Name).HasMaxLength(BillingCycle.MostNameLength);
        cycle.HasIndex(c => c.Code).IsUnique();
        cycle.Check("reading_day", "reading_day between 1 and 31");
    }
}

sealed class ReadingRouteMap : IEntityTypeConfiguration<ReadingRoute>
{
    public void Configure(EntityTypeBuilder<ReadingRoute> route)
    {
        route.ToTable("reading_routes");
        route.Property(r => r.Code).HasMaxLength(BillingCycle.MostCodeLength);
        route.Property(r => r.Name).HasMaxLength(BillingCycle.MostNameLength);
        route.Property(r => r.UnitPath).HasMaxLength(200);
        route.Property(r => r.ReaderName).HasMaxLength(60);
        route.HasIndex(r => r.Code).IsUnique();
        route.HasIndex(r => r.CycleId);
        route.HasOne<BillingCycle>().WithMany().HasForeignKey(r => r.CycleId);
        route.Check("reader", "(reader_id is null) = (reader_name is null)");
    }
}

sealed class RouteStopMap : IEntityTypeConfiguration<RouteStop>
{
    public void Configure(EntityTypeBuilder<RouteStop> stop)
    {
        stop.ToTable("route_stops").HasKey(s => s.AccountId);
        stop.Property(s => s.AccountId).ValueGeneratedNever();
        stop.HasIndex(s => new { s.RouteId, s.Place });
        stop.HasOne<ReadingRoute>().WithMany().HasForeignKey(s => s.RouteId);
        stop.Check("bucket_of_account", "bucket = account_id % 1024 and place > 0");
    }
}
