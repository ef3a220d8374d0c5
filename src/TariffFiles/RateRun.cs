using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <param name="Account">Account, item or card as written.</param>
/// <param name="From">First day of the period, or null.</param>
/// <param name="To">Last day of the period, or null.</param>
/// <param name="Bill">What came out.</param>
/// <param name="Line">Line of the usage file.</param>
public sealed record RatedRow(string Account, DateOnly? From, DateOnly? To, RatedBill Bill, int Line)
{
    /// <summary>Bills of the same file that this one replaces; null: the file replaces none.</summary>
    public IReadOnlyList<RatedBill>? Cancels { get; init; }

    /// <summary>What rolls over into the next month, telecom only.</summary>
    public IReadOnlyDictionary<string, decimal>? RollsOver { get; init; }
}

/// <summary>
/// Rates a usage file: what it holds (energy, calls, mail, rides …) shows in its columns. The file is read twice, first to find every mistake, then to rate and write; of a file whose
/// accounts stand together only one account is held at a time.
/// </summary>
public sealed class RateRun
{
    readonly UsageSource source;
    readonly Tariffs tariffs;
    readonly ILookup<string, UsageRecord> facts;
    readonly WorkCalendar? calendar;
    readonly Findings wrong;
    readonly Findings wrongFacts;
    UsageReading? reading;

    /// <param name="tariffs">Tariffs to rate by.</param>
    /// <param name="path">Usage file, .csv or .json.</param>
    /// <param name="accountsPath">For load curves: facts of the accounts, or null.</param>
    /// <param name="calendar">For load curves and late fees: work days and holidays, or null.</param>
    public RateRun(Tariffs tariffs, string path, string? accountsPath = null, WorkCalendar? calendar = null)
    {
        source = new(path);
        wrong = new(path);
        wrongFacts = new(accountsPath ?? "");
        var rows = accountsPath is null ? [] : new UsageSource(accountsPath).Read(wrongFacts).ToList();
        if (rows.Count > 0) UsageKind.Unknown(rows[0], IntervalUsage.FactColumns, UsageFacts.CurvePrefixes);
        (this.tariffs, this.calendar, facts) = (tariffs, calendar, rows.Where(f => f.Has("account")).ToLookup(f => f.Account));
    }

    /// <summary>Names of the columns of lines that occur, in the order in which they first do; known after <see cref="Check"/>.</summary>
    internal LineKeys? Keys { get; private set; }

    internal bool HasReplaced { get; private set; }

    internal bool HasRolledOver { get; private set; }

    /// <summary>Bills that cannot be rated; known after <see cref="Check"/>.</summary>
    public int NotRated { get; private set; }

    /// <summary>Reads and rates the file once without keeping anything.</summary>
    /// <returns>Everything wrong in the files with its line, at most a thousand; with any, nothing is to be written.</returns>
    public IReadOnlyList<FileFinding> Check()
    {
        bool again;
        do
        {
            again = false;
            wrong.Clear();
            var keys = new LineKeys();
            NotRated = 0;
            foreach (var row in Rated(wrong, () => again = true))
            {
                if (row.Bill.IsRated) keys.Learn(row.Bill);
                else NotRated++;
                HasReplaced |= row.Cancels is not null;
                HasRolledOver |= row.RollsOver is { Count: > 0 };
                if (wrong.IsFull) break;
            }
            Keys = keys;
        }
        while (again);
        return [.. wrongFacts.All.OrderBy(f => f.Line), .. wrong.All.OrderBy(f => f.Line)];
    }

    /// <summary>The bills, an account's in the order of the file.</summary>
    public IEnumerable<RatedRow> Rows()
    {
        if (Keys is null) Check();
        return Rated(new(""), () => { });
    }

    IEnumerable<RatedRow> Rated(Findings findings, Action again)
    {
        UsageContext? context = null;
        foreach (var (kind, records) in Batches(findings, again))
        {
            context ??= new(tariffs, facts, calendar, reading!.Value);
            var rows = kind.Rate(context, records);
            foreach (var row in reading == UsageReading.Whole ? rows.OrderBy(r => r.Line) : rows) yield return row;
            if (!context.IsOutOfOrder) continue;
            reading = UsageReading.Whole;
            again();
            yield break;
        }
    }

    /// <summary>Records as the file is read: by account, by row, or all at once.</summary>
    IEnumerable<(UsageKind Kind, List<UsageRecord> Records)> Batches(Findings findings, Action again)
    {
        UsageKind? kind = null;
        var batch = new List<UsageRecord>();
        var seen = new HashSet<ulong>();
        foreach (var record in source.Read(findings))
        {
            if (kind is null)
            {
                kind = UsageKind.Of(record, tariffs);
                UsageKind.Unknown(record, kind.Columns, kind.Prefixes);
                reading ??= kind.First(record.Heading);
            }
            if (batch.Count > 0 && (reading == UsageReading.ByRow && IsOther(record, batch[0]) || reading == UsageReading.ByAccount && record.Account != batch[0].Account))
            {
                if (reading == UsageReading.ByAccount && (!seen.Add(Hash(batch[0].Account)) || seen.Contains(Hash(record.Account))))
                {
                    reading = kind.Scattered(record.Heading);
                    again();
                    yield break;
                }
                yield return (kind, batch);
                batch = [];
            }
            batch.Add(record);
        }
        if (batch.Count > 0) yield return (kind!, batch);
    }

    /// <summary>Registers of one bill stand in rows one after another.</summary>
    static bool IsOther(UsageRecord record, UsageRecord before) =>
        !record.HasColumn("register") || record.Account != before.Account || record.Text("from") != before.Text("from") || record.Text("to") != before.Text("to");

    static ulong Hash(string text)
    {
        var hash = 14695981039346656037;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211;
        return hash;
    }

    internal static RatedBill Unknown(string? code) =>
        new(code ?? "", default, 0, [], [new("tariff", code is null ? "usage.tariff_missing" : "usage.tariff_unknown", code ?? "")]);
}
