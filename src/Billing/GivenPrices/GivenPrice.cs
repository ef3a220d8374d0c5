using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>每月电价: a price that is told month by month (代理购电价, 上网环节线损), of a tariff whose notice publishes only what is added to it.</summary>
public sealed class GivenPrice
{
    public const int MaxNotice = 120;
    /// <summary>Yuan for a kWh, at most.</summary>
    public const decimal MostYuan = 100;
    /// <summary>Decimals of a price.</summary>
    public const int Decimals = 8;

    public required string TariffCode { get; init; }
    /// <summary>Code of the tariff's charge.</summary>
    public required string Charge { get; init; }
    /// <summary>Month as yyyymm.</summary>
    public int Period { get; init; }
    /// <summary>Yuan for a kWh × 10⁸.</summary>
    public long PriceE8 { get; private set; }
    public string Notice { get; private set; } = "";
    public string SetByName { get; private set; } = "";
    public DateTime SetAtUtc { get; private set; }

    public decimal Yuan => PriceE8 / 100_000_000m;

    public void Set(decimal yuan, string notice, string byName, DateTime atUtc) => (PriceE8, Notice, SetByName, SetAtUtc) = ((long)(yuan * 100_000_000m), notice, byName, atUtc);
}

/// <summary>The prices of a month by tariff and charge.</summary>
public sealed class GivenPrices
{
    private readonly Dictionary<string, Dictionary<string, BandPrices>> _byTariff = [];

    public static async Task<GivenPrices> Of(HallDb db, BillingPeriod period, CancellationToken ct)
    {
        var prices = new GivenPrices();
        foreach (var price in await db.GivenPrices.AsNoTracking().Where(p => p.Period == period.Number).ToListAsync(ct))
        {
            if (!prices._byTariff.TryGetValue(price.TariffCode, out var own)) prices._byTariff[price.TariffCode] = own = [];
            own[price.Charge] = new(price.Yuan);
        }

        return prices;
    }

    /// <returns>By code of the charge; null: nothing is told of this tariff.</returns>
    public IReadOnlyDictionary<string, BandPrices>? Of(string tariffCode) => _byTariff.GetValueOrDefault(tariffCode);

    /// <summary>Charges of a tariff whose price has to be told each month.</summary>
    public static IReadOnlyList<(string Code, Bilingual? Name)> WantedBy(Tariff tariff) =>
    [
        .. tariff.Versions[^1].Charges.Where(c => c is EnergyCharge { OnGivenBase: true } or ComponentCharge { Price: null, Table: null }).Select(c => (c.Code, c.Name)),
    ];
}

sealed class GivenPriceMap : IEntityTypeConfiguration<GivenPrice>
{
    public void Configure(EntityTypeBuilder<GivenPrice> price)
    {
        price.ToTable("given_prices").HasKey(p => new { p.TariffCode, p.Charge, p.Period });
        price.Ignore(p => p.Yuan);
        price.Property(p => p.TariffCode).HasMaxLength(80);
        price.Property(p => p.Charge).HasMaxLength(40);
        price.Property(p => p.Notice).HasMaxLength(GivenPrice.MaxNotice);
        price.Property(p => p.SetByName).HasMaxLength(60);
        price.HasIndex(p => p.Period);
        price.Check("period", "period between 200001 and 999912 and period % 100 between 1 and 12");
        price.Check("price", "price_e8 > 0 and length(notice) > 0");
    }
}
