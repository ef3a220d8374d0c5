using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Lowers the covered charges by how well the supply was used.</summary>
sealed class LoadRateCharger(LoadRateCharge charge, TariffVersion version) : ICharger
{
    readonly LineSource source = new(LineKind.Discount, charge.Code, charge.Name, 0, Band.Whole, null, "yuan", version.Notice, version.From);
    readonly Covered covered = new(charge.Covers, CoveredBy.Exact);

    public Finding? Rate(in Usage usage, LineBuffer lines, int first)
    {
        decimal of;
        if (charge.By == LoadMeasure.KwhPerKva)
        {
            if (usage.Power is not { Capacity.Count: > 0 } power) return new("power.capacity", "usage.capacity_missing");
            of = power.MeanCapacity(usage.From, usage.To) * usage.MonthsCharged;
        }
        else
        {
            if (usage.MaxKw is not { } kw) return new("power.maxDemandKw", "usage.demand_missing");
            of = kw * (charge.By == LoadMeasure.KwhPerKw ? usage.MonthsCharged : 24 * (usage.To.DayNumber - usage.From.DayNumber + 1));
        }
        if (of == 0) return null;
        var reached = usage.TotalKwh / of;
        LoadRateStep? step = null;
        foreach (var next in charge.Steps)
            if (reached >= next.From) step = next;
        if (step is null) return null;
        var sum = covered.Sum(lines, first);
        if (sum != 0)
            lines.Add(source, null, null, sum, step.Percent / 100, sum * step.Percent / 100,
                [new("load.reached", decimal.Round(reached, 4), charge.By switch { LoadMeasure.KwhPerKva => "kWh/kVA", LoadMeasure.KwhPerKw => "kWh/kW", _ => "" }), new("load.from", step.From)]);
        return null;
    }
}
