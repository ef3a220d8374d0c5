using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Rates energy account by account, carrying what one bill leaves to the next: the tier year, a ratchet's demand, bills that are replaced.</summary>
static class EnergyBills
{
    public static IEnumerable<RatedRow> Rate(UsageContext context, List<EnergyRow> rows)
    {
        if (context.Reading == UsageReading.ByRow) return rows.Select(row => Carried(context, row));
        if (rows.Count == 1) return [Rate(context.Tariffs, rows[0], new())];
        return rows.GroupBy(r => r.Account).SelectMany(account =>
        {
            // A bill that replaces others was made after them; otherwise bills are made in order of time.
            var state = new AccountState { Bills = account.Any(r => r.Record.Flag("replaces")) ? [] : null };
            var ordered = state.Bills is not null ? account.OrderBy(r => r.Line) : account.OrderBy(r => r.To).ThenBy(r => r.Line);
            return ordered.Select(row => Rate(context.Tariffs, row, state)).ToList().OrderBy(r => r.Line);
        });
    }

    /// <summary>One row of a file in which the account's earlier rows came long before.</summary>
    static RatedRow Carried(UsageContext context, EnergyRow row)
    {
        if (!context.Accounts.TryGetValue(row.Account, out var state)) context.Accounts[row.Account] = state = new();
        if (row.To <= state.LastDay) context.IsOutOfOrder = true;
        state.LastDay = row.To;
        return Rate(context.Tariffs, row, state);
    }

    static RatedRow Rate(Tariffs tariffs, EnergyRow row, AccountState state)
    {
        var usage = UsageFacts.Usage(row.Record, row.From, row.To, row.Metered) with { Intervals = row.Curve };
        var code = row.Tariff ?? row.Record.Text("tariff") ?? tariffs.Only;
        if (code is null || tariffs.Find(code) is not { } tariff) return new(row.Account, row.From, row.To, RateRun.Unknown(code), row.Line);
        if (row.FeedInCurve is { } fed) usage = usage with { Power = (usage.Power ?? new()) with { FeedInIntervals = fed } };
        List<RatedBill>? cancels = null;
        if (row.Record.HasColumn("replaces")) cancels = row.Record.Flag("replaces") ? state.Cancel(row.From, row.To) : [];
        usage = Carry(row, usage, tariff, state);
        var bill = tariff.Rate(usage);
        if (bill.IsRated) state.Add(tariff, usage, bill);
        return new(row.Account, row.From, row.To, bill, row.Line) { Cancels = cancels };
    }

    static Usage Carry(EnergyRow row, Usage usage, CompiledTariff tariff, AccountState state)
    {
        var year = tariff.TierYearOf(usage);
        if (!row.Record.Has("ytd") && usage.CountedByCharge is null)
            usage = usage with { YearToDateKwh = state.Counted(tariff.Code, year, row.From), CountedByCharge = tariff.HasOwnTiers(row.To) ? state.CountedByCharge(tariff.Code, year) : null };
        if (!row.Record.Has("year_months") && (row.Record.Has("moved_in") || row.Record.Has("moved_out")))
            usage = usage with { YearMonths = tariff.MonthsOfYear(year, row.Record.Day("moved_in"), row.Record.Day("moved_out"), row.To) };
        if (!row.Record.Has("highest_kw_before") && tariff.RatchetOn(row.To) is { } ratchet && state.HighestKw(ratchet, row.To) is var highest and > 0)
            usage = usage with { Power = (usage.Power ?? new()) with { HighestKwBefore = highest } };
        return usage;
    }
}

/// <summary>What earlier bills of an account leave to later ones.</summary>
sealed class AccountState
{
    /// <summary>Longest ratchet a tariff can have.</summary>
    const int MostDemands = 120;
    (string Tariff, int Year, decimal Kwh) last = ("", 0, 0);
    Dictionary<(string Tariff, int Year), decimal>? others;
    Dictionary<(string Tariff, int Year), Dictionary<string, decimal>>? byCharge;
    List<(DateOnly Day, decimal Kw)>? demands;

    /// <summary>Last day of the last bill.</summary>
    public DateOnly LastDay { get; set; }

    /// <summary>Kept only where a later row replaces bills.</summary>
    public List<(DateOnly From, DateOnly To, int Year, RatedBill Bill)>? Bills { get; init; }

    /// <summary>Bills that lie in these days are no longer there.</summary>
    public List<RatedBill> Cancel(DateOnly from, DateOnly to)
    {
        var gone = Bills!.Where(b => b.From >= from && b.To <= to).ToList();
        Bills!.RemoveAll(gone.Contains);
        return [.. gone.Select(g => g.Bill)];
    }

    public decimal Counted(string tariff, int year, DateOnly from) => Bills is not null
        ? Bills.Where(b => b.Bill.Tariff == tariff && b.Year == year && b.To < from).Sum(b => b.Bill.CountedKwh)
        : last.Tariff == tariff && last.Year == year ? last.Kwh : others?.GetValueOrDefault((tariff, year)) ?? 0;

    public IReadOnlyDictionary<string, decimal> CountedByCharge(string tariff, int year) => byCharge is not null && byCharge.TryGetValue((tariff, year), out var sums) ? sums : new Dictionary<string, decimal>();

    public decimal HighestKw(DemandCharge ratchet, DateOnly day)
    {
        decimal highest = 0;
        foreach (var (before, kw) in demands ?? [])
            if (ratchet.LooksAt(before, day) && kw > highest) highest = kw;
        return highest;
    }

    public void Add(CompiledTariff tariff, in Usage usage, RatedBill bill)
    {
        var year = usage.To.Year;
        var key = (tariff.Code, year);
        Bills?.Add((usage.From, usage.To, year, bill));
        if (last.Year != 0 && (last.Tariff != tariff.Code || last.Year != year)) (others ??= [])[(last.Tariff, last.Year)] = last.Kwh;
        last = (tariff.Code, year, (tariff.TierYearOf(usage) == year ? usage.YearToDateKwh : 0) + bill.CountedKwh);
        if (tariff.HasOwnTiers(usage.To))
        {
            byCharge ??= [];
            var sums = byCharge.TryGetValue(key, out var before) ? before : byCharge[key] = usage.CountedByCharge is { } given ? new(given) : [];
            foreach (var (charge, kwh) in bill.CountedByCharge()) sums[charge] = sums.GetValueOrDefault(charge) + kwh;
        }
        if (tariff.RatchetOn(usage.To) is null || tariff.MaxKwOf(usage) is not { } kw) return;
        demands ??= [];
        if (demands.Count == MostDemands) demands.RemoveAt(0);
        demands.Add((usage.To, kw));
    }
}
