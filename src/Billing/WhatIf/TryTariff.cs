using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>试算: any tariff, any usage, nothing booked.</summary>
public sealed class TryTariff(Tariffs tariffs, Current current, TimeProvider clock)
{
    /// <summary>kWh of one try: more than any supply point uses in a year.</summary>
    public const decimal MostKwh = 100_000_000;

    /// <param name="Tariff">Code of a tariff of the packs.</param>
    /// <param name="Kwh">Energy; of a tariff by time of use, the sum of its bands when these are not given.</param>
    /// <param name="YearToDateKwh">Counted in earlier bills of the tier year.</param>
    /// <param name="Months">Months that the period stands for; 0: from its days.</param>
    public sealed record Question(
        string? Tariff, DateOnly From, DateOnly To, decimal Kwh, decimal? Sharp = null, decimal? Peak = null, decimal? Flat = null, decimal? Valley = null, decimal? DeepValley = null,
        decimal YearToDateKwh = 0, decimal Months = 0, int Persons = 0, string? FreeQuota = null)
    {
        public bool HasBands => (Sharp ?? Peak ?? Flat ?? Valley ?? DeepValley) is not null;
    }

    /// <summary>Codes and names of tariffs that a supply point can have, by name.</summary>
    public IEnumerable<CompiledTariff> Choices => tariffs.All.OrderBy(t => t.Tariff.Code, StringComparer.Ordinal);

    /// <exception cref="Refused">tariff.not_found; usage.out_of_limits; usage.days_wrong</exception>
    public RatedBill Rate(Question q)
    {
        current.Require("bills.see");
        var tariff = q.Tariff is null ? null : tariffs.Find(q.Tariff);
        Refused.IfField(tariff is null, "Tariff", "tariff.not_found");
        Refused.IfField(q.To < q.From || q.To.DayNumber - q.From.DayNumber > 366, "To", "usage.days_wrong");
        foreach (var (name, value) in new[] { ("Kwh", q.Kwh), ("Sharp", q.Sharp), ("Peak", q.Peak), ("Flat", q.Flat), ("Valley", q.Valley), ("DeepValley", q.DeepValley), ("YearToDateKwh", (decimal?)q.YearToDateKwh) })
            Refused.IfField(value is < 0 or > MostKwh, name, "usage.out_of_limits", MostKwh);
        return tariff!.Rate(new Usage
        {
            From = q.From, To = q.To, Kwh = q.Kwh, YearToDateKwh = q.YearToDateKwh, Months = Math.Clamp(q.Months, 0, 12), Household = new(q.Persons, q.FreeQuota, false, false),
            ByBand = q.HasBands ? new(q.Sharp ?? 0, q.Peak ?? 0, q.Flat ?? 0, q.Valley ?? 0, q.DeepValley ?? 0) : null,
        });
    }

    /// <summary>The question in an address, <c>?tariff=…&amp;kwh=260</c>; what is left out is this month of an ordinary household.</summary>
    public Question Read(IQueryCollection query)
    {
        var today = DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));
        var from = Day("from") ?? new DateOnly(today.Year, today.Month, 1);
        return new(
            query["tariff"].ToString() is { Length: > 0 } code ? code : null, from, Day("to") ?? from.AddMonths(1).AddDays(-1), Number("kwh") ?? 0,
            Number("sharp"), Number("peak"), Number("flat"), Number("valley"), Number("deepvalley"), Number("ytd") ?? 0, Number("months") ?? 0,
            (int)Math.Clamp(Number("persons") ?? 0, 0, 99), query["quota"].ToString() is { Length: > 0 } quota ? quota : null);

        DateOnly? Day(string name) => DateOnly.TryParseExact(query[name], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        decimal? Number(string name) => decimal.TryParse(query[name], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
