using System.Globalization;
using OpenHall.App;
using OpenHall.Customers;

namespace OpenHall.Billing;

/// <summary>The rows that a chunk's bills rest on, by statements written by hand: each reads its buckets once, in the order of the key.</summary>
sealed class ChunkRows(HallDb db, BillRun run, BillRunChunk chunk)
{
    /// <summary>So many accounts are asked for by number; more are found by reading their buckets.</summary>
    private const int FewAccounts = 200;

    private const string InBuckets = "bucket between @first and @last";

    public sealed record Account(long Id, string Number, string UnitPath, AccountState State, DateTime OpenedAtUtc);

    public sealed record Billed(long AccountId, int Period, short Issue, DateOnly FromDay, DateOnly ToDay, short ToRevision, long CountedWh, long UsageWh, BillState State)
    {
        public UsageBefore Usage => new(UsageWh, ToDay.DayNumber - FromDay.DayNumber + 1);

        public bool IsInForce => State != BillState.Cancelled;
    }

    /// <summary>Accounts of the run whose turn it is in the month: those on no route, and those whose cycle falls in it.</summary>
    public Task<List<Account>> Accounts(BillingPeriod period, CancellationToken ct) => db.RowsOf(
        $"""
        select id, number, unit_path, state, opened_at_utc from billing_accounts a where {InBuckets}{Part("id")} and unit_path like @unit
          and not exists (select 1 from route_stops s join reading_routes r on r.id = s.route_id join billing_cycles c on c.id = r.cycle_id where s.account_id = a.id and c.months not in (@every, @months))
        order by bucket, id
        """,
        [.. Values(), ("unit", run.UnitPath + "%"), ("every", nameof(CycleMonths.Every)), ("months", BillingCycle.MonthsOf(period).ToString())],
        r => new Account(r.GetInt64(0), r.GetString(1), r.GetString(2), Enum.Parse<AccountState>(r.GetString(3)), DateTime.SpecifyKind(r.GetDateTime(4), DateTimeKind.Utc)), ct);

    public Task<List<SupplyPoint>> Points(CancellationToken ct) => db.RowsWhere<SupplyPoint>(InBuckets + Part("account_id"), Values(), ct);

    /// <summary>Bills of these months; bills of fees are of none.</summary>
    public Task<List<Billed>> Bills(int from, int to, int orPeriod, CancellationToken ct) => Bills("(period between @from and @to or period = @or)", [("from", from), ("to", to), ("or", orPeriod)], ct);

    /// <summary>Bills before a month, of accounts that have none since.</summary>
    public async Task<List<Billed>> OlderBills(int before, int notPeriod, IReadOnlyCollection<long> accounts, CancellationToken ct)
    {
        var bills = await Bills($"period < @before and period <> @not{Of(accounts)}", [("before", before), ("not", notPeriod)], ct);
        if (accounts.Count <= FewAccounts) return bills;
        var wanted = accounts.ToHashSet();
        return bills.FindAll(b => wanted.Contains(b.AccountId));
    }

    public Task<List<MeterReading>> Readings(DateOnly from, DateOnly to, CancellationToken ct) =>
        db.RowsWhere<MeterReading>($"{InBuckets}{Part("account_id")} and read_on between @from and @to order by bucket, account_id, read_on, revision", [.. Values(), ("from", from), ("to", to)], ct);

    /// <summary>Readings before a day, of these accounts.</summary>
    public async Task<List<MeterReading>> OlderReadings(DateOnly before, IReadOnlyCollection<long> accounts, CancellationToken ct)
    {
        var readings = await db.RowsWhere<MeterReading>($"{InBuckets}{Part("account_id")} and read_on < @before{Of(accounts)} order by bucket, account_id, read_on, revision", [.. Values(), ("before", before)], ct);
        if (accounts.Count <= FewAccounts) return readings;
        var wanted = accounts.ToHashSet();
        return readings.FindAll(r => wanted.Contains(r.AccountId));
    }

    private Task<List<Billed>> Bills(string condition, IReadOnlyList<(string, object)> values, CancellationToken ct) => db.RowsOf(
        $"select account_id, period, issue, from_day, to_day, to_revision, counted_wh, usage_wh, state from customer_bills where {InBuckets}{Part("account_id")} and period % 100 < {FeeBills.FirstPlace} and {condition}",
        [.. Values(), .. values],
        r => new Billed(r.GetInt64(0), r.GetInt32(1), r.GetInt16(2), r.GetFieldValue<DateOnly>(3), r.GetFieldValue<DateOnly>(4), r.GetInt16(5), r.GetInt64(6), r.GetInt64(7), Enum.Parse<BillState>(r.GetString(8))), ct);

    private List<(string Name, object Value)> Values()
    {
        List<(string, object)> values = [("first", chunk.FromBucket), ("last", chunk.ToBucket)];
        if ((run.RouteId ?? run.CycleId) is { } part) values.Add(("part", part));
        return values;
    }

    /// <summary>A route or a cycle is a small part of its buckets.</summary>
    private string Part(string account) => run.RouteId is not null
        ? $" and {account} in (select account_id from route_stops where route_id = @part)"
        : run.CycleId is not null ? $" and {account} in (select s.account_id from route_stops s join reading_routes r on r.id = s.route_id where r.cycle_id = @part)" : "";

    private static string Of(IReadOnlyCollection<long> accounts) =>
        accounts.Count > FewAccounts ? "" : $" and account_id in ({string.Join(", ", accounts.Select(a => a.ToString(CultureInfo.InvariantCulture)))})";
}
