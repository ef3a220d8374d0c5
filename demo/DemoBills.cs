using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Demo;

/// <summary>The months before: meters are read, files imported, bills run and released, as the billing office does it.</summary>
sealed class DemoBills(Province province, Actors actors, Random chance, SimulatedClock clock)
{
    private const string BillingOffice = "1401";

    /// <summary>What a household uses in each month, in hundredths of its own average: heating in winter, cooling in summer.</summary>
    private static readonly int[] Seasons = [118, 104, 92, 80, 82, 98, 134, 140, 104, 80, 84, 108];

    /// <summary>Average use of a household by account id, kWh a month.</summary>
    private readonly Dictionary<long, int> _averages = [];

    /// <param name="firstDay">First day of the halls' history: the last month billed ends before it.</param>
    /// <param name="months">How many months are billed.</param>
    /// <param name="say">Told what is being done, and per cent of all months.</param>
    public async Task Make(DateOnly firstDay, int months, Action<string, int> say, CancellationToken ct)
    {
        var first = BillingPeriod.Of(firstDay).Plus(-months);
        for (var i = 0; i < months; i++)
        {
            var period = first.Plus(i);
            say($"readings and bills of {period}", 100 * i / months);
            clock.SetTo(period.LastDay.AddDays(1), new(7, 30));
            await Prices(period, ct);
            await Import(period, await ReadingFile(period, ct), ct);
            var run = await actors.As(BillingOffice, (StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), period.Number, MakeProvince.CityPath), ct));
            await Until(run, BillRunState.Rated, ct);
            await actors.As(BillingOffice, (MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null), ct));
            await Until(run, BillRunState.Released, ct);
            if (i == months - 1) await Curves(period, ct);
            await LookAtHeld(run, period.LastDay.AddDays(2), isLast: i == months - 1, ct);
        }
    }

    /// <summary>Bills kept back are decided on in the days after; of the last month some still wait.</summary>
    private async Task LookAtHeld(Guid run, DateOnly day, bool isLast, CancellationToken ct)
    {
        var held = await actors.Read(db => db.HeldBills.Where(h => h.Bucket >= 0 && h.RunId == run).OrderBy(h => h.AccountId).ToListAsync(ct), ct);
        foreach (var (bill, n) in held.Select((h, n) => (h, n)))
        {
            if (isLast && n % 3 == 0) continue;
            clock.SetTo(day, new TimeOnly(8, 0).AddMinutes(n));
            var (state, words) = isLast && n % 3 == 1 ? (HeldState.Investigated, province.Words["held_read"]) : (HeldState.Released, province.Words["held_right"]);
            await actors.As(BillingOffice, (DecideHeldBill decide) => decide.Handle(new(Guid.CreateVersion7(), bill.Key.Number, state, words), ct));
        }
    }

    private async Task Import(BillingPeriod period, string file, CancellationToken ct)
    {
        var import = await actors.As(BillingOffice, (ImportReadings readings) =>
            readings.Handle(Guid.CreateVersion7(), $"readings-{period}.csv", Encoding.UTF8.GetBytes(file), ct));
        await actors.As(BillingOffice, (ImportReadings readings) => readings.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), import), ct));
    }

    /// <summary>Carries the run on here: the background worker is not started while history is made.</summary>
    private async Task Until(Guid run, BillRunState state, CancellationToken ct)
    {
        var reached = await actors.As(BillingOffice, (BillRunSteps steps) => steps.Continue(run, ct));
        if (reached != state) throw new InvalidOperationException($"The bill run stands at {reached}, not at {state}.");
    }

    /// <summary>The registers of all accounts on the last day of the month, as the reading system hands them out.</summary>
    private async Task<string> ReadingFile(BillingPeriod period, CancellationToken ct)
    {
        var accounts = await actors.Read(db => (
            from account in db.BillingAccounts
            join point in db.SupplyPoints on account.Id equals point.AccountId
            orderby account.Id
            select new { account.Id, account.Number, point.MeterNumber, point.TariffCode }).ToListAsync(ct), ct);
        // Companies: by the hours of the day, with demand and reactive energy.
        bool IsCompany(string tariff) => !tariff.EndsWith(".resident", StringComparison.Ordinal);
        var registers = await actors.Read(db => db.MeterReadings.Where(r => r.Bucket >= 0).GroupBy(r => new { r.Bucket, r.AccountId })
            .Select(g => new { g.Key.AccountId, Wh = g.Max(r => r.TotalWh) }).ToDictionaryAsync(g => g.AccountId, g => g.Wh, ct), ct);
        var file = new StringBuilder("account,meter,date,total,peak,flat,valley,demand,kvarh").AppendLine();
        foreach (var account in accounts)
        {
            if (IsCompany(account.TariffCode))
            {
                // Registers of a meter behind transformers: small, and multiplied.
                var turned = (registers[account.Id] / 1000m) + 900 + account.Id % 7 * 60 + period.Month * 15;
                file.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{account.Number},{account.MeterNumber},{period.LastDay:yyyy-MM-dd},{turned:0.00},{turned * 0.35m:0.00},{turned * 0.4m:0.00},{turned * 0.25m:0.00},{4 + account.Id % 5},{turned * (account.Id % 2 == 0 ? 0.3m : 0.62m):0.00}"));
                continue;
            }

            if (!_averages.TryGetValue(account.Id, out var average)) _averages[account.Id] = average = Average();
            var kwh = average * Seasons[period.Month - 1] * chance.Next(85, 116) / 10_000;
            // One household in a hundred has a month like no other: a pump left running, a wrong digit.
            if (account.Id % 100 == period.Month) kwh *= 6;
            file.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{account.Number},{account.MeterNumber},{period.LastDay:yyyy-MM-dd},{(registers[account.Id] + kwh * 1000L) / 1000m:0.00},,,,,"));
        }

        return file.ToString();
    }

    /// <summary>What the grid company tells for the month: the price at which it buys for those who have no contract of their own.</summary>
    private async Task Prices(BillingPeriod period, CancellationToken ct)
    {
        foreach (var (tariff, yuan) in new[] { ("power.shanghai.two-part", 0.6123m), ("power.beijing.commercial", 0.7245m) })
            await actors.As(BillingOffice, (SetGivenPrice set) => set.Handle(new(Guid.CreateVersion7(), tariff, "energy", period.Number, yuan + period.Month * 0.0031m, province.Words["given_notice"]), ct));
    }

    /// <summary>Load curves of a few accounts, a line a day with a value for each quarter of an hour, as collected by the meters themselves.</summary>
    private async Task Curves(BillingPeriod period, CancellationToken ct)
    {
        var accounts = await actors.Read(db => db.BillingAccounts.OrderBy(a => a.Id).Take(5).Select(a => new { a.Id, a.Number }).ToListAsync(ct), ct);
        var file = new StringBuilder("account,date").AppendJoin("", Enumerable.Range(0, 96).Select(i => string.Create(CultureInfo.InvariantCulture, $",{i / 4:00}:{i % 4 * 15:00}"))).AppendLine();
        foreach (var account in accounts)
        {
            for (var day = period.FirstDay; day <= period.LastDay; day = day.AddDays(1))
            {
                file.Append(CultureInfo.InvariantCulture, $"{account.Number},{day:yyyy-MM-dd}");
                for (var i = 0; i < 96; i++)
                {
                    // Little at night, a little more by day, most in the evening.
                    var share = i switch { < 26 => 40, < 36 => 120, < 70 => 80, < 90 => 220, _ => 90 };
                    var wh = _averages[account.Id] * 1000L / 30 / 96 * share * chance.Next(70, 131) / 10_000;
                    file.Append(CultureInfo.InvariantCulture, $",{wh / 1000m:0.000}");
                }

                file.AppendLine();
            }
        }

        var import = await actors.As(BillingOffice, (ImportReadings readings) => readings.Handle(Guid.CreateVersion7(), $"curves-{period}.csv", Encoding.UTF8.GetBytes(file.ToString()), ct));
        await actors.As(BillingOffice, (ImportReadings readings) => readings.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), import), ct));
    }

    private int Average() => chance.Next(100) switch { < 12 => chance.Next(30, 90), < 70 => chance.Next(90, 260), < 93 => chance.Next(260, 480), _ => chance.Next(480, 1100) };
}
