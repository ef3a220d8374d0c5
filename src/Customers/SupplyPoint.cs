using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>供电电压, as it stands in contracts.</summary>
public enum Voltage { V220, V380, Kv10, Kv20, Kv35, Kv110, Kv220 }

/// <summary>用电点: the one place where an account takes energy, its meter and the facts that its price depends on.</summary>
public sealed class SupplyPoint
{
    /// <summary>Beginning of what stands for the number of a meter that is not there yet.</summary>
    internal const string NoMeter = "NONE-";

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required long AccountId { get; init; }
    /// <summary>Account id mod 1024, so that a bill run reads bucket by bucket.</summary>
    public short Bucket { get; private init; }
    public required string MeterNumber { get; set; }
    /// <summary>Digits before the point on the register: 6 counts to 999,999 and begins again.</summary>
    public short MeterDigits { get; set; } = 6;
    /// <summary>倍率: energy per unit of the register (current and voltage transformers).</summary>
    public int Multiplier { get; set; } = 1;
    /// <summary>合同容量, kVA; null: none agreed.</summary>
    public int? ContractKva { get; set; }
    public required string Address { get; set; }
    public required string TariffCode { get; set; }
    public Voltage Voltage { get; set; }
    /// <summary>Registered persons of the household; 0: nothing claimed.</summary>
    public short Persons { get; set; }
    /// <summary>Kind of free quota granted, as the tariff names it; null: none.</summary>
    public string? FreeQuotaKind { get; set; }
    /// <summary>合表: several households behind one meter.</summary>
    public bool IsCombinedMeter { get; set; }
    /// <summary>A larger household that may choose the combined price did so.</summary>
    public bool ChoosesCombinedPrice { get; set; }

    /// <summary>First day on which this account takes energy here; null: not known, it was always so.</summary>
    public DateOnly? BeganOn { get; set; }
    /// <summary>Last day; null: it goes on. Its meter may then belong to another account.</summary>
    public DateOnly? EndedOn { get; private set; }

    /// <summary>暂停: not supplied since that day at the customer's wish; null: supplied.</summary>
    public DateOnly? PausedOn { get; set; }

    /// <summary>False: the account was prepared, its meter is still to be set.</summary>
    public bool HasMeter => !MeterNumber.StartsWith(NoMeter, StringComparison.Ordinal);

    /// <exception cref="Refused">supply.ended</exception>
    public void End(DateOnly on)
    {
        Refused.If(EndedOn is not null, "supply.ended", EndedOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "");
        EndedOn = on;
    }

    public static SupplyPoint At(long accountId, string meterNumber, string address, string tariffCode) =>
        new() { AccountId = accountId, Bucket = BillingAccount.BucketOf(accountId), MeterNumber = meterNumber, Address = address, TariffCode = tariffCode };
}

sealed class SupplyPointMap : IEntityTypeConfiguration<SupplyPoint>
{
    public void Configure(EntityTypeBuilder<SupplyPoint> point)
    {
        point.ToTable("supply_points");
        point.Property(p => p.MeterNumber).HasMaxLength(30);
        point.Property(p => p.Address).HasMaxLength(200);
        point.Property(p => p.TariffCode).HasMaxLength(80);
        point.Property(p => p.FreeQuotaKind).HasMaxLength(40);
        point.HasIndex(p => p.AccountId).IsUnique();
        point.HasIndex(p => p.MeterNumber).IsUnique().HasFilter("ended_on is null");
        point.HasIndex(p => new { p.Bucket, p.AccountId });
        point.HasOne<BillingAccount>().WithMany().HasForeignKey(p => p.AccountId);
        point.Check("bucket_of_account", "bucket = account_id % 1024");
        point.Check("days", "ended_on is null or began_on is null or ended_on >= began_on");
        point.Check("ranges", "meter_digits between 4 and 9 and multiplier between 1 and 100000 and persons between 0 and 99 and (contract_kva is null or contract_kva between 1 and 1000000)");
    }
}
