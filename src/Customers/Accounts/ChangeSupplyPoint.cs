using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Customers;

/// <summary>用电信息变更: address, meter, tariff, household. The change counts for bills made afterwards.</summary>
public sealed class ChangeSupplyPoint(Work work, Current current, TimeProvider clock, Tariffs tariffs)
{
    [Needs("customers.open")]
    public sealed record Command(Guid RequestId, string AccountNumber, SupplyPointFields SupplyPoint) : ICommand;

    /// <returns>Number of fields that changed.</returns>
    /// <exception cref="Refused">All mistakes of the form at once; account.not_found; account.closed; account.out_of_reach; supply.ended; meter.number_taken</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Change(db, c, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    public async Task<int> Change(HallDb db, Command c, CancellationToken ct)
    {
        var account = await db.BillingAccounts.Hold(a => a.Number == c.AccountNumber, orRefuse: "account.not_found", ct);
        Refused.If(account.State == AccountState.Closed, "account.closed");
        Refused.If(!Reach.Covers(current, account.UnitPath), "account.out_of_reach");
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        Refused.If(point.EndedOn is not null, "supply.ended", Shown.Text(point.EndedOn));
        // The form doesn't show the full address: left empty, it stays.
        var changes = await Write(db, account, point, c.SupplyPoint with { Address = string.IsNullOrWhiteSpace(c.SupplyPoint.Address) ? point.Address : c.SupplyPoint.Address }, ct);
        db.Subject = account.Number;
        return changes;
    }

    /// <summary>Checks and writes the fields of a supply point that is held, with what stood there before; inside another command or a job.</summary>
    /// <param name="meterField">Name of the meter's field in the form.</param>
    /// <exception cref="Refused">All mistakes at once; meter.number_taken</exception>
    public async Task<int> Write(HallDb db, BillingAccount account, SupplyPoint point, SupplyPointFields given, CancellationToken ct, string meterField = "MeterNumber")
    {
        var customer = await db.Customers.SingleAsync(x => x.Id == account.CustomerId, ct);
        var mistakes = new List<Refused>();
        var fields = given.Checked(mistakes, tariffs);
        if (await db.SupplyPoints.AnyAsync(p => p.MeterNumber == fields.MeterNumber && p.Id != point.Id && p.EndedOn == null, ct)) mistakes.Add(new("meter.number_taken", fields.MeterNumber!) { Field = meterField });
        Refused.IfAny(mistakes);

        var terms = SearchTerms.RowsOf(account, customer, point).ToList();
        var before = Values(point);
        Put(point, fields);
        var at = clock.GetUtcNow().UtcDateTime;
        var changes = Values(point).Where(v => before[v.Key] != v.Value).ToList();
        db.AddRange(changes.Select(v => new CustomerChange
        {
            CustomerId = customer.Id, AccountId = account.Id, Field = v.Key, Before = before[v.Key], After = v.Value, AtUtc = at, ChangedBy = current.UserId, ChangedByName = current.Name,
        }));
        await SearchIndex.Replace(db, terms, SearchTerms.RowsOf(account, customer, point), ct);
        return changes.Count;
    }

    internal static void Put(SupplyPoint point, SupplyPointFields fields)
    {
        (point.MeterNumber, point.MeterDigits, point.Multiplier) = (fields.MeterNumber!, fields.MeterDigits, fields.Multiplier);
        (point.Address, point.TariffCode, point.Voltage) = (fields.Address!, fields.TariffCode!, fields.Voltage);
        (point.Persons, point.FreeQuotaKind) = (fields.Persons, fields.FreeQuotaKind);
        (point.IsCombinedMeter, point.ChoosesCombinedPrice) = (fields.IsCombinedMeter, fields.ChoosesCombinedPrice);
        point.ContractKva = fields.ContractKva;
    }

    private static Dictionary<string, string> Values(SupplyPoint p) => new()
    {
        ["MeterNumber"] = p.HasMeter ? p.MeterNumber : "", ["MeterDigits"] = Text(p.MeterDigits), ["Multiplier"] = Text(p.Multiplier), ["Address"] = p.Address, ["TariffCode"] = p.TariffCode,
        ["Voltage"] = p.Voltage.ToString(), ["Persons"] = Text(p.Persons), ["FreeQuotaKind"] = p.FreeQuotaKind ?? "",
        ["ContractKva"] = p.ContractKva is { } kva ? Text(kva) : "",
        ["IsCombinedMeter"] = p.IsCombinedMeter ? "✓" : "", ["ChoosesCombinedPrice"] = p.ChoosesCombinedPrice ? "✓" : "",
    };

    private static string Text(IFormattable number) => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
