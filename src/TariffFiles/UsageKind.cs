using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>What rows of a usage file are rated with, and what one row leaves to later ones. Made anew for each reading of the file.</summary>
/// <param name="Tariffs">All tariffs.</param>
/// <param name="Facts">Facts of accounts, for load curves.</param>
/// <param name="Calendar">Work days and holidays, or null.</param>
/// <param name="Reading">How the file is read.</param>
sealed record UsageContext(Tariffs Tariffs, ILookup<string, UsageRecord> Facts, WorkCalendar? Calendar, UsageReading Reading)
{
    /// <summary>Accounts met so far, where their rows are scattered over the file.</summary>
    public Dictionary<string, BillCarry> Accounts { get; } = [];

    /// <summary>Yuan spent on rides by card, fare and month.</summary>
    public Dictionary<(string Account, string Fare, int Month), decimal> Rides { get; } = [];

    /// <summary>What is on each card.</summary>
    public Dictionary<string, Money> Balances { get; } = [];

    /// <summary>What rolls over, by account and plan, and the last day of the month that left it.</summary>
    public Dictionary<(string Account, string Plan), (DateOnly To, IReadOnlyDictionary<string, decimal> Left)> Rolled { get; } = [];

    /// <summary>An account's rows are not in order of time: the file must be read whole.</summary>
    public bool IsOutOfOrder { get; set; }
}

/// <summary>How much of a file is held at a time.</summary>
enum UsageReading
{
    /// <summary>One account: its rows stand together.</summary>
    ByAccount,

    /// <summary>One row, and what each account leaves to the next: a file month by month.</summary>
    ByRow,

    /// <summary>All of it.</summary>
    Whole,
}

/// <summary>A kind of usage file: its columns, and how records of it become bills.</summary>
/// <param name="Columns">Known columns beside account, tariff, from and to.</param>
/// <param name="Prefixes">Beginnings of further columns.</param>
/// <param name="Rate">Rates records of one account, of one row, or of the whole file.</param>
sealed record UsageKind(string[] Columns, string[] Prefixes, Func<UsageContext, IReadOnlyList<UsageRecord>, IEnumerable<RatedRow>> Rate)
{
    static readonly UsageKind Registers = new(EnergyUsage.RegisterColumns, EnergyUsage.RegisterPrefixes,
        (c, records) => EnergyBills.Rate(c, EnergyUsage.LessChildren(EnergyUsage.Registers(records))));

    static readonly UsageKind Readings = new(EnergyUsage.ReadingColumns, UsageFacts.Prefixes,
        (c, records) => EnergyBills.Rate(c, EnergyUsage.LessChildren(EnergyUsage.Readings(records))));

    static readonly UsageKind Intervals = new(IntervalUsage.Columns, [], (c, records) => EnergyBills.Rate(c, IntervalUsage.Rows(records, c.Facts, c.Calendar)));

    static readonly UsageKind Months = new(TelecomRows.Columns, TelecomRows.Prefixes, TelecomRows.Rate);

    static readonly UsageKind Mail = new(MailRows.Columns, [], (c, records) => MailRows.Rate(c.Tariffs, records));

    static readonly UsageKind Rides = new(RideRows.Columns, [], RideRows.Rate);

    static readonly UsageKind LateFees = new(LateFeeRows.Columns, [], LateFeeRows.Rate);

    static readonly UsageKind Cards = new(CardRows.Columns, [], CardRows.Rate);

    static readonly UsageKind Carts = new(CartRows.Columns, [], (c, records) => CartRows.Rate(c.Tariffs, records));

    /// <summary>How a file of this kind is read first.</summary>
    public UsageReading First(UsageHeading heading) =>
        this == Mail || this == LateFees || this == Rides || this == Cards || this == Months && !heading.Has("service") ? UsageReading.ByRow
        : IsEnergy && heading.Has("parent") ? UsageReading.Whole : UsageReading.ByAccount;

    /// <summary>How it is read when accounts turn out to be scattered over it.</summary>
    public UsageReading Scattered(UsageHeading heading) => IsEnergy && !heading.Has("read") && !heading.Has("replaces") ? UsageReading.ByRow : UsageReading.Whole;

    bool IsEnergy => this == Registers || this == Readings;

    /// <summary>The kind shows in the columns.</summary>
    public static UsageKind Of(UsageRecord first, Tariffs tariffs)
    {
        var heading = first.Heading;
        return heading.Has("product") ? Mail
            : heading.Has("km") ? Rides
            : heading.Has("event") ? Cards
            : heading.Has("sku") ? Carts
            : heading.Has("due") ? LateFees
            : heading.Names.Any(n => TelecomRows.Columns.Contains(n) && n != "day") || TelecomRows.Prefixes.Any(heading.HasAny) ? Months
            : heading.Has("time") || heading.Has("time_end") ? Intervals
            : heading.Has("start") && heading.Has("end") ? Readings
            : tariffs.Plans.Count > 0 && !tariffs.All.Any() ? Months
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
