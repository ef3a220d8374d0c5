namespace OpenHall.Rating;

/// <summary>Prices that change by month (代理购电价格, 系统运行费).</summary>
/// <param name="Months">Key: year × 100 + month.</param>
public sealed record PriceTable(IReadOnlyDictionary<int, BandPrices> Months)
{
    public BandPrices? On(DateOnly day) => Months.GetValueOrDefault(day.Year * 100 + day.Month);
}
