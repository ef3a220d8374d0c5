using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>立户: the account gets its number when a supply is asked for; fees are charged on it.</summary>
sealed class PrepareSupply(StartSupply start) : IServiceEffect
{
    public const string Code = "account.prepare";

    public string Name => Code;
    public IReadOnlyList<string> Needs => ["address", "tariff"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var known = order.CustomerId is { } id ? await db.Customers.Where(c => c.Id == id).Select(c => c.Number).SingleAsync(ct) : null;
        var voltage = Enum.TryParse<Voltage>(data.Text("voltage"), out var asked) ? asked : Voltage.V220;
        var account = await start.Prepare(db, new(known, Applicants.Of(data), data.Text("address"), data.Text("tariff"), voltage, data.Text("kva") is null ? null : data.Whole("kva"), (short)data.Whole("persons")), order.UnitPath, ct);
        (order.AccountId, order.AccountNumber, order.CustomerId) = (account.Id, account.Number, account.CustomerId);
        return "{}";
    }

    /// <summary>The number is given up, unless money of the customer stands on it.</summary>
    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct)
    {
        var (id, bucket) = (order.AccountId!.Value, Books.BucketOf(order.AccountId!.Value));
        if (await db.BillingAccounts.AnyAsync(a => a.Id == id && a.State == AccountState.Open, ct)) throw new Refused("order.not_reversible", order.Number);
        var balance = await db.AccountBalances.HoldOrNull(b => b.Bucket == bucket && b.AccountId == id, ct);
        if (balance is not { BalanceFen: > 0 }) await StartSupply.GiveUp(db, order.AccountNumber!, ct);
    }
}

/// <summary>装表接电: the meter is set with its first reading; the account begins.</summary>
sealed class BeginSupply(StartSupply start) : IServiceEffect
{
    public string Name => "supply.start";
    public IReadOnlyList<string> Needs => ["meter", "first_reading", "fitted_on"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var on = data.Day("fitted_on", today);
        Refused.IfField(on > today, "fitted_on", "reading.in_future", Shown.Text(on));
        await start.Begin(db, order.AccountNumber!, (data.Text("meter"), (short)data.Whole("digits", 6), data.Whole("multiplier", 1)), on, data.Wh("first_reading"), ct);
        return null;
    }
}

/// <summary>换表: the old meter's last reading and the new meter's first; usage goes on over both.</summary>
sealed class ReplaceMeter(StartSupply start, EnterReading readings) : IServiceEffect
{
    public string Name => "meter.replace";
    public IReadOnlyList<string> Needs => ["old_reading", "meter", "first_reading", "replaced_on"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var on = data.Day("replaced_on", DateOnly.FromDateTime(Shown.Local(db.AtUtc)));
        await readings.Enter(db, new(Guid.CreateVersion7(), order.AccountNumber!, on, data.Number("old_reading"), null, null, null, null, null, ReadingKind.Cycle, order.Number), ct);
        var account = await db.BillingAccounts.SingleAsync(a => a.Number == order.AccountNumber, ct);
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        await start.SetMeter(db, account, point, (data.Text("meter"), (short)data.Whole("digits", point.MeterDigits), data.Whole("multiplier", point.Multiplier)), ct);
        // A day has one reading that counts: the new meter begins with the next.
        db.Add(new MeterReading
        {
            Bucket = account.Bucket, AccountId = account.Id, ReadOn = on.AddDays(1), MeterNumber = point.MeterNumber, Kind = ReadingKind.First, Source = ReadingSource.Hand, TotalWh = data.Wh("first_reading"), EnteredAtUtc = db.AtUtc,
        });
        return null;
    }
}

/// <summary>补抄、复核: a reading, or its correction.</summary>
sealed class ReadMeter(EnterReading readings) : IServiceEffect
{
    public string Name => "reading.enter";
    public IReadOnlyList<string> Needs => ["kwh", "read_on"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var on = data.Day("read_on", DateOnly.FromDateTime(Shown.Local(db.AtUtc)));
        await readings.Enter(db, new(Guid.CreateVersion7(), order.AccountNumber!, on, data.Number("kwh"), null, Band("peak"), Band("flat"), Band("valley"), null, ReadingKind.Cycle, order.Number), ct);
        return null;

        decimal? Band(string field) => data.Text(field) is null ? null : data.Number(field);
    }
}

/// <summary>改价、改容、一户多人口、免费电量: what a supply point's price depends on; taken back to what it was.</summary>
sealed class ChangeSupply(ChangeSupplyPoint change) : IServiceEffect
{
    private sealed record Was(string Tariff, Voltage Voltage, short Persons, string? Quota, int? Kva, bool IsCombined, bool Chooses);

    public string Name => "supply.change";
    public IReadOnlyList<string> Needs => [];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var (account, point) = await Held(db, order, ct);
        var was = new Was(point.TariffCode, point.Voltage, point.Persons, point.FreeQuotaKind, point.ContractKva, point.IsCombinedMeter, point.ChoosesCombinedPrice);
        var now = Fields(point, was with
        {
            Tariff = data.Text("tariff") ?? was.Tariff,
            Voltage = Enum.TryParse<Voltage>(data.Text("voltage"), out var voltage) ? voltage : was.Voltage,
            Persons = (short)data.Whole("persons", was.Persons),
            Quota = data.Text("quota") ?? was.Quota,
            Kva = data.Text("kva") is null ? was.Kva : data.Whole("kva"),
            Chooses = data.Text("combined_price") is { } chooses ? chooses == "true" : was.Chooses,
        });
        var changes = await change.Write(db, account, point, now, ct);
        Refused.If(changes == 0, "order.changes_nothing", order.Number);
        return JsonSerializer.Serialize(was);
    }

    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct)
    {
        var (account, point) = await Held(db, order, ct);
        if (point.EndedOn is null) await change.Write(db, account, point, Fields(point, JsonSerializer.Deserialize<Was>(before)!), ct);
    }

    private static async Task<(BillingAccount, SupplyPoint)> Held(HallDb db, ServiceOrder order, CancellationToken ct)
    {
        var account = await db.BillingAccounts.Hold(a => a.Number == order.AccountNumber, orRefuse: "account.not_found", ct);
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        return (account, point);
    }

    private static SupplyPointFields Fields(SupplyPoint point, Was was) => SupplyPointFields.Of(point) with
    {
        TariffCode = was.Tariff,
        Voltage = was.Voltage,
        Persons = was.Persons,
        FreeQuotaKind = was.Quota,
        IsCombinedMeter = was.IsCombined,
        ChoosesCombinedPrice = was.Chooses,
        ContractKva = was.Kva,
    };
}

/// <summary>暂停、恢复: the supply stands still at the customer's wish, and goes on.</summary>
sealed class PauseSupply : IServiceEffect
{
    public string Name => "supply.pause";
    public IReadOnlyList<string> Needs => ["from_day"];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var point = await db.SupplyPoints.Hold(p => p.AccountId == order.AccountId, orRefuse: "account.not_found", ct);
        Refused.If(point.PausedOn is not null, "supply.paused_already", Shown.Text(point.PausedOn));
        point.PausedOn = data.Day("from_day", DateOnly.FromDateTime(Shown.Local(db.AtUtc)));
        return "{}";
    }

    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct) =>
        (await db.SupplyPoints.Hold(p => p.AccountId == order.AccountId, orRefuse: "account.not_found", ct)).PausedOn = null;
}

sealed class ResumeSupply : IServiceEffect
{
    public string Name => "supply.resume";
    public IReadOnlyList<string> Needs => [];

    public async Task<string?> Apply(HallDb db, ServiceOrder order, OrderData data, CancellationToken ct)
    {
        var point = await db.SupplyPoints.Hold(p => p.AccountId == order.AccountId, orRefuse: "account.not_found", ct);
        Refused.If(point.PausedOn is null, "supply.not_paused", order.AccountNumber!);
        var was = JsonSerializer.Serialize(point.PausedOn);
        point.PausedOn = null;
        return was;
    }

    public async Task Undo(HallDb db, ServiceOrder order, string before, CancellationToken ct) =>
        (await db.SupplyPoints.Hold(p => p.AccountId == order.AccountId, orRefuse: "account.not_found", ct)).PausedOn = JsonSerializer.Deserialize<DateOnly?>(before);
}
