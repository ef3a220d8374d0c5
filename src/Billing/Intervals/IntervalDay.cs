using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>负荷曲线: what a meter counted in each interval of one day, local time, in register units (before the multiplier). One row a day; a later row of the day fills gaps of the one before.</summary>
public sealed class IntervalDay
{
    /// <summary>Most Wh that an interval's register can turn.</summary>
    public const long MostWh = 1_000_000_000;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public DateOnly Day { get; init; }
    /// <summary>0: as first imported; 1, 2 …: gaps filled. The highest counts.</summary>
    public short Revision { get; init; }
    public required string MeterNumber { get; init; }
    /// <summary>15, 30 or 60.</summary>
    public short Minutes { get; init; }
    /// <summary>One number of the form of a varint for each interval: 0 where none came, else Wh + 1.</summary>
    public required byte[] Packed { get; init; }
    public long EnergyWh { get; init; }
    /// <summary>Intervals that lack.</summary>
    public short Missing { get; init; }
    public Guid? ImportId { get; init; }
    public DateTime EnteredAtUtc { get; init; }

    public int Count => 1440 / Minutes;

    /// <summary>Wh of each interval, <see cref="IntervalSeries.Missing"/> where none came.</summary>
    public long[] Values()
    {
        var values = new long[Count];
        var at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            long value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = Packed[at++];
                value |= (long)(part & 0x7F) << shift;
                if ((part & 0x80) == 0) break;
            }

            values[i] = value == 0 ? IntervalSeries.Missing : value - 1;
        }

        return values;
    }

    /// <param name="values">As <see cref="Values"/> gives them; each 0 to <see cref="MostWh"/> or missing.</param>
    public static byte[] Pack(ReadOnlySpan<long> values)
    {
        var packed = new List<byte>(values.Length * 2);
        foreach (var value in values)
        {
            var rest = value == IntervalSeries.Missing ? 0UL : (ulong)value + 1;
            for (; rest >= 0x80; rest >>= 7) packed.Add((byte)(rest | 0x80));
            packed.Add((byte)rest);
        }

        return [.. packed];
    }

    /// <summary>A day of that curve.</summary>
    public static IntervalDay Of(long accountId, DateOnly day, short revision, string meter, int minutes, long[] values, Guid? importId, DateTime atUtc) => new()
    {
        Bucket = MeterReading.BucketOf(accountId), AccountId = accountId, Day = day, Revision = revision, MeterNumber = meter, Minutes = (short)minutes, Packed = Pack(values),
        EnergyWh = values.Where(v => v != IntervalSeries.Missing).Sum(), Missing = (short)values.Count(v => v == IntervalSeries.Missing), ImportId = importId, EnteredAtUtc = atUtc,
    };
}

sealed class IntervalDayMap : IEntityTypeConfiguration<IntervalDay>
{
    public void Configure(EntityTypeBuilder<IntervalDay> day)
    {
        day.ToTable("interval_days").AccountSide().InsertOnly().HasKey(d => new { d.Bucket, d.AccountId, d.Day, d.Revision });
        day.Ignore(d => d.Count);
        day.Property(d => d.MeterNumber).HasMaxLength(30);
        day.Check("bucket_of_account", "bucket = account_id % 1024");
        day.Check("intervals", "minutes in (15, 30, 60) and missing between 0 and 1440 / minutes and energy_wh >= 0 and revision between 0 and 99");
    }
}
