using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>增值税 rates by date, as data.</summary>
/// <param name="Rates">Rising by the first day on which a rate holds: 2018-05-01 0.16, 2019-04-01 0.13.</param>
public sealed record Vat(IReadOnlyList<(DateOnly From, decimal Rate)> Rates)
{
    /// <summary>Rate on a day; null before the first.</summary>
    public decimal? On(DateOnly day)
    {
        decimal? rate = null;
        foreach (var (from, value) in Rates)
            if (from <= day) rate = value;
        return rate;
    }

    /// <summary>价税分离 of an amount that includes the tax: net = gross / (1 + rate), rounded once; the tax is the rest, so both add up.</summary>
    public static (Money Net, Money Tax) Included(Money gross, decimal rate)
    {
        var net = Money.OfYuan(gross.Yuan / (1 + rate));
        return (net, gross - net);
    }

    /// <summary>The tax on an amount without it.</summary>
    public static Money On(Money net, decimal rate) => Money.OfYuan(net.Yuan * rate);
}
