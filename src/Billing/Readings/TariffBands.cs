using OpenHall.Rating;

namespace OpenHall.Billing;

static class TariffBands
{
    /// <summary>The tariff has prices by time of use, so its meters are read register by register.</summary>
    public static bool NeedsBands(this Tariffs tariffs, string tariffCode) =>
        tariffs.Find(tariffCode)?.Tariff.Versions[^1].Charges.OfType<EnergyCharge>().Any(c => c.Seasons.Any(s => s.Tiers.Any(t => t.Prices.IsByBand))) == true;
}
