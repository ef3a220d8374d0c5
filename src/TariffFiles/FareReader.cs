using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Reads fares.</summary>
static class FareReader
{
    public static FareTariff Read(YamlEntry fare)
    {
        fare.Only("code", "name", "from", "notice", "source", "steps", "eachKm", "eachYuan", "factors", "monthlyDiscounts", "spentCounts", "boundRide");
        return new(fare["code"].Text(), fare["name"].Both(), fare["from"].Date(), fare["notice"].Text(), fare["source"].Text(),
            [.. fare["steps"].Items().Select(s => new FareStep(s.Only("upToKm", "yuan")["upToKm"].Number(), s["yuan"].Number()))],
            fare["eachKm"].NumberOrNull() ?? 0, fare["eachYuan"].NumberOrNull() ?? 0)
        {
            Factors = fare["factors"].Pairs().ToDictionary(p => p.Key, p => p.Value.Number()),
            MonthlyDiscounts = [.. fare["monthlyDiscounts"].Items().Select(d => new FareDiscount(d.Only("spentFrom", "factor")["spentFrom"].Number(), d["factor"].Number()))],
            SpentCounts = fare["spentCounts"].Word(SpentCounts.Paid),
            BoundRide = fare["boundRide"].Word(BoundRide.Whole),
        };
    }
}
