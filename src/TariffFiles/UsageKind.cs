using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>What rows of a usage file are rated with.</summary>
/// <param name="Tariffs">All tariffs.</param>
/// <param name="Facts">Facts of accounts, for load curves.</param>
/// <param name="Calendar">Work days and holidays, or null.</param>
sealed record UsageContext(Tariffs Tariffs, ILookup<string, UsageRecord> Facts, WorkCalendar? Calendar);

/// <summary>A kind of usage file: its columns, and how records of it become bills.</summary>
/// <param name="Columns">Known columns beside account, tariff, from and to.</param>
/// <param name="Prefixes">Beginnings of further columns.</param>
/// <param name="Rate">Rates records of one account, of one row, or of the whole file.</param>
sealed record UsageKind(string[] Columns, string[] Prefixes, Func<UsageContext, IReadOnlyList<UsageRecord>, IEnumerable<RatedRow>> Rate)
{
    static readonly UsageKind Registers = new(EnergyUsage.RegisterColumns, EnergyUsage.RegisterPrefixes,
        (c, records) => EnergyBills.Rate(c.Tariffs, EnergyUsage.LessChildren(EnergyUsage.Registers(records))));

    static readonly UsageKind Readings = new(EnergyUsage.ReadingColumns, UsageFacts.Prefixes,
        (c, records) => EnergyBills.Rate(c.Tariffs, EnergyUsage.LessChildren(EnergyUsage.Readings(records))));

    static readonly UsageKind Intervals = new(IntervalUsage.Columns, [], (c, records) => EnergyBills.Rate(c.Tariffs, IntervalUsage.Rows(records, c.Facts, c.Calendar)));

    static readonly UsageKind Months = new(TelecomRows.Columns, TelecomRows.Prefixes, (c, records) => TelecomRows.Rate(c.Tariffs, records));

    static readonly UsageKind Mail = new(MailRows.Columns, [], (c, records) => MailRows.Rate(c.Tariffs, records)) { IsRowByRow = true };

    static readonly UsageKind Rides = new(RideRows.Columns, [], (c, records) => RideRows.Rate(c.Tariffs, records));

    static readonly UsageKind LateFees = new(LateFeeRows.Columns, [], (c, records) => LateFeeRows.Rate(c, records)) { IsRowByRow = true };

    static readonly UsageKind Cards = new(CardRows.Columns, [], (c, records) => CardRows.Rate(c.Tariffs, records));

    static readonly UsageKind Carts = new(CartRows.Columns, [], (c, records) => CartRows.Rate(c.Tariffs, records));

    /// <summary>Each row is a bill of its own.</summary>
    public bool IsRowByRow { get; init; }

    /// <summary>Bills depend on other accounts: meters behind a meter.</summary>
    public bool NeedsAll(UsageHeading heading) => heading.Has("parent") && Columns.Contains("parent");

    /// <summary>The kind shows in the columns.</summary>
    public static UsageKind Of(UsageRecord first)
    {
        var heading = first.Heading;
        return heading.Has("product") ? Mail
            : heading.Has("km") ? Rides
            : heading.Has("event") ? Cards
            : heading.Has("sku") ? Carts
            : heading.Has("due") ? LateFees
            : heading.Has("service") || heading.HasAny("use.") ? Months
            : heading.Has("time") || heading.Has("time_end") ? Intervals
            : heading.Has("start") && heading.Has("end") ? Readings
            : Registers;
    }

    /// <summary>Columns that mean nothing here are mostly typing mistakes.</summary>
    public static void Unknown(UsageRecord first, string[] known, string[] prefixes)
    {
        foreach (var name in first.Heading.Names)
            if (name.Length > 0 && name is not ("account" or "tariff" or "from" or "to") && !known.Contains(name) && !prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
                first.Wrong("usage.unknown_column", 0, name);
    }
}
