using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>套餐比选: an account's last twelve bills by every tariff open to it, cheapest first.</summary>
public sealed class CompareTariffs(HallDb db, Current current, CustomerFile files, Tariffs tariffs)
{
    private const int Months = 12;

    /// <param name="Periods">Bills that were compared; fewer than twelve for a new account.</param>
    public sealed record Comparison(AccountFile File, IReadOnlyList<Usage> Periods, IReadOnlyList<Recommendation> Ways);

    /// <exception cref="Refused">account.not_found; tariff.not_found</exception>
    public async Task<Comparison> Of(string number, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var file = await files.OfAccount(number, ct);
        var (bucket, id, point) = (file.Account.Bucket, file.Account.Id, file.Point);
        var present = tariffs.Find(point.TariffCode) ?? throw new Refused("tariff.not_found");
        var bills = await db.CustomerBills.OfMonths().Where(b => b.Bucket == bucket && b.AccountId == id && (b.State == BillState.Issued || b.State == BillState.Settled))
            .OrderByDescending(b => b.Period).Take(Months).ToListAsync(ct);
        var readings = (await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == id).ToListAsync(ct)).ToDictionary(r => (r.ReadOn, r.Revision));
        var periods = bills.OrderBy(b => b.Period).Select(b => UsageOf(b, point, readings)).ToList();
        return new(file, periods, periods.Count == 0 ? [] : Recommend.Among(present, tariffs.All.Where(t => FamilyOf(t.Tariff.Code) == FamilyOf(point.TariffCode)), periods));
    }

    /// <summary>Tariffs that one customer may choose among differ after the hyphen: power.shanghai.resident, power.shanghai.resident-tou.</summary>
    private static string FamilyOf(string code) => code.IndexOf('-', code.LastIndexOf('.') + 1) is > 0 and var hyphen ? code[..hyphen] : code;

    private static Usage UsageOf(CustomerBill bill, SupplyPoint point, Dictionary<(DateOnly, short), MeterReading> readings)
    {
        var bands = readings.TryGetValue((bill.FromReadOn, bill.FromRevision), out var start) && readings.TryGetValue((bill.ToDay, bill.ToRevision), out var end)
            && Registers.Between(start, [end], point.MeterDigits) is { HasBands: true } energy ? (energy * point.Multiplier).KwhByBand : (KwhByBand?)null;
        return new()
        {
            From = bill.FromDay, To = bill.ToDay, Kwh = bill.UsageWh / 1000m, ByBand = bands, YearToDateKwh = bill.YearToDateWh / 1000m, Months = 1,
            Household = new(point.Persons, point.FreeQuotaKind, point.IsCombinedMeter, point.ChoosesCombinedPrice),
        };
    }
}
