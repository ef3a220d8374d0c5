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
            var state = new BillCarry(keepsBills: account.Any(r => r.Record.Flag("replaces")));
            var ordered = state.KeepsBills ? account.OrderBy(r => r.Line) : account.OrderBy(r => r.To).ThenBy(r => r.Line);
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

    static RatedRow Rate(Tariffs tariffs, EnergyRow row, BillCarry state)
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

    static Usage Carry(EnergyRow row, Usage usage, CompiledTariff tariff, BillCarry state)
    {
        if (!row.Record.Has("ytd") && usage.CountedByCharge is null) usage = state.Counted(tariff, usage);
        if (!row.Record.Has("year_months") && (row.Record.Has("moved_in") || row.Record.Has("moved_out")))
            usage = usage with { YearMonths = tariff.MonthsOfYear(tariff.TierYearOf(usage), row.Record.Day("moved_in"), row.Record.Day("moved_out"), row.To) };
        return row.Record.Has("highest_kw_before") ? usage : state.Ratchet(tariff, usage);
    }
}
