namespace OpenHall.Rating;

/// <summary>Divides a usage by days where a price, season, tier year or household changes inside its period.</summary>
static class UsageParts
{
    /// <summary>The days up to <paramref name="end"/> with their share of every quantity, to so many decimals; a load curve keeps its own days.</summary>
    public static Usage FirstDays(in Usage usage, DateOnly end, int decimals)
    {
        var share = (decimal)(end.DayNumber - usage.From.DayNumber + 1) / (usage.To.DayNumber - usage.From.DayNumber + 1);
        return usage with
        {
            To = end,
            Kwh = Of(usage.Kwh),
            FeedInKwh = Of(usage.FeedInKwh),
            ByBand = Bands(usage.ByBand),
            Power = usage.Power is not { } power ? null : power with
            {
                Kvarh = power.Kvarh is { } kvarh ? Of(kvarh) : null,
                GenerationKwh = Of(power.GenerationKwh),
                FeedInByBand = Bands(power.FeedInByBand),
            },
        };
        decimal Of(decimal kwh) => decimal.Round(kwh * share, decimals, MidpointRounding.AwayFromZero);
        KwhByBand? Bands(KwhByBand? bands) => bands is { } all ? new(Of(all.Sharp), Of(all.Peak), Of(all.Flat), Of(all.Valley), Of(all.DeepValley)) : null;
    }

    /// <summary>What <see cref="FirstDays"/> left, so that nothing is lost.</summary>
    public static Usage Rest(in Usage whole, in Usage part) => whole with
    {
        From = part.To.AddDays(1),
        Kwh = whole.Kwh - part.Kwh,
        FeedInKwh = whole.FeedInKwh - part.FeedInKwh,
        ByBand = whole.ByBand is { } all && part.ByBand is { } used ? all - used : null,
        Power = whole.Power is not { } power ? null : power with
        {
            Kvarh = power.Kvarh - part.Power!.Kvarh,
            GenerationKwh = power.GenerationKwh - part.Power.GenerationKwh,
            FeedInByBand = power.FeedInByBand is { } fed ? fed - part.Power.FeedInByBand!.Value : null,
        },
    };

    /// <summary>Facts of the household on a day.</summary>
    public static Household HouseholdOn(in Usage usage, DateOnly day)
    {
        foreach (var span in usage.Households!)
            if (span.From <= day && day <= span.To) return span.Household;
        return usage.Household;
    }

    /// <summary>First day after <paramref name="from"/>, up to <paramref name="to"/>, on which the household's facts differ; null: none.</summary>
    public static DateOnly? NextHousehold(in Usage usage, DateOnly from, DateOnly to)
    {
        DateOnly? next = null;
        foreach (var span in usage.Households!)
            foreach (var day in (ReadOnlySpan<DateOnly>)[span.From, span.To < DateOnly.MaxValue ? span.To.AddDays(1) : span.To])
                if (day > from && day <= to && (next is null || day < next)) next = day;
        return next;
    }
}
