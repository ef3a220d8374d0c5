namespace OpenHall.Rating;

/// <summary>What earlier bills of one account leave to later ones: energy counted in the tier year, demand for a ratchet. Bills are rated in order of time.</summary>
/// <param name="keepsBills">Keep the bills, so that some of them can be cancelled and replaced.</param>
public sealed class BillCarry(bool keepsBills = false)
{
    /// <summary>Longest ratchet a tariff can have, in months.</summary>
    const int MostDemands = 120;
    readonly List<(DateOnly From, DateOnly To, int Year, RatedBill Bill)>? bills = keepsBills ? [] : null;
    (string Tariff, int Year, decimal Kwh) last = ("", 0, 0);
    Dictionary<(string Tariff, int Year), decimal>? others;
    Dictionary<(string Tariff, int Year), Dictionary<string, decimal>>? byCharge;
    List<(DateOnly Day, decimal Kw)>? demands;

    /// <summary>Last day of the last bill, as the caller keeps it.</summary>
    public DateOnly LastDay { get; set; }

    public bool KeepsBills => bills is not null;

    /// <summary>Bills that lie in these days are no longer there; energy counted before them is what counts for the bill that replaces them.</summary>
    /// <exception cref="InvalidOperationException">Bills are not kept.</exception>
    public List<RatedBill> Cancel(DateOnly from, DateOnly to)
    {
        if (bills is null) throw new InvalidOperationException("bills are not kept");
        var gone = bills.Where(b => b.From >= from && b.To <= to).ToList();
        bills.RemoveAll(gone.Contains);
        return [.. gone.Select(g => g.Bill)];
    }

    /// <summary>The usage with what was counted in its tier year before it.</summary>
    public Usage Counted(CompiledTariff tariff, in Usage usage)
    {
        var (code, year, from) = (tariff.Code, tariff.TierYearOf(usage), usage.From);
        var hasOwn = tariff.HasOwnTiers(usage.To);
        if (bills is null) return usage with { YearToDateKwh = Before(code, year), CountedByCharge = hasOwn ? byCharge?.GetValueOrDefault((code, year)) ?? [] : null };
        var earlier = bills.Where(b => b.Bill.Tariff == code && b.Year == year && b.To < from).Select(b => b.Bill).ToList();
        return usage with
        {
            YearToDateKwh = earlier.Sum(b => b.CountedKwh),
            CountedByCharge = hasOwn ? earlier.SelectMany(b => b.CountedByCharge()).GroupBy(c => c.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value)) : null,
        };
    }

    /// <summary>True when a bill of this tariff and tier year came before.</summary>
    public bool Knows(CompiledTariff tariff, in Usage usage)
    {
        var key = (tariff.Code, tariff.TierYearOf(usage));
        return last.Tariff == key.Code && last.Year == key.Item2 || others?.ContainsKey(key) == true;
    }

    decimal Before(string tariff, int year) => last.Tariff == tariff && last.Year == year ? last.Kwh : others?.GetValueOrDefault((tariff, year)) ?? 0;

    /// <summary>The usage with the greatest demand of the months that the tariff's ratchet looks back on.</summary>
    public Usage Ratchet(CompiledTariff tariff, in Usage usage)
    {
        if (demands is null || tariff.RatchetOn(usage.To) is not { } ratchet) return usage;
        decimal highest = 0;
        foreach (var (day, kw) in demands)
            if (ratchet.LooksAt(day, usage.To) && kw > highest) highest = kw;
        return highest == 0 ? usage : usage with { Power = (usage.Power ?? new()) with { HighestKwBefore = highest } };
    }

    /// <summary>Remembers a rated bill.</summary>
    public void Add(CompiledTariff tariff, in Usage usage, RatedBill bill)
    {
        var year = usage.To.Year;
        var key = (tariff.Code, year);
        bills?.Add((usage.From, usage.To, year, bill));
        if (last.Year != 0 && (last.Tariff != tariff.Code || last.Year != year)) (others ??= [])[(last.Tariff, last.Year)] = last.Kwh;
        last = (tariff.Code, year, (tariff.TierYearOf(usage) == year ? usage.YearToDateKwh : 0) + bill.CountedKwh);
        if (tariff.HasOwnTiers(usage.To))
        {
            byCharge ??= [];
            var sums = byCharge.TryGetValue(key, out var before) ? before : byCharge[key] = usage.CountedByCharge is { } given ? new(given) : [];
            foreach (var (charge, kwh) in bill.CountedByCharge()) sums[charge] = sums.GetValueOrDefault(charge) + kwh;
        }
        if (tariff.RatchetOn(usage.To) is null || tariff.MaxKwOf(usage) is not { } most) return;
        demands ??= [];
        if (demands.Count == MostDemands) demands.RemoveAt(0);
        demands.Add((usage.To, most));
    }
}
