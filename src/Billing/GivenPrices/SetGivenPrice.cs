using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>录入每月电价: what was told for a month, or put right. Bills made already stay as they are until they are billed anew.</summary>
public sealed class SetGivenPrice(Work work, Current current, Tariffs tariffs)
{
    /// <param name="Charge">Code of the tariff's charge.</param>
    /// <param name="Period">Month as yyyymm.</param>
    /// <param name="YuanPerKwh">Above 0, at most <see cref="GivenPrice.MostYuan"/>, with at most <see cref="GivenPrice.Decimals"/> decimals.</param>
    /// <param name="Notice">Where it was told.</param>
    [Needs("bills.run")]
    public sealed record Command(Guid RequestId, string TariffCode, string Charge, int Period, decimal YuanPerKwh, string Notice) : ICommand;

    /// <exception cref="Refused">All mistakes of the form at once: given.charge_unknown; given.price_wrong; given.notice_missing; period.wrong</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var mistakes = new List<Refused>();
        if (tariffs.Find(c.TariffCode) is not { } tariff || GivenPrices.WantedBy(tariff.Tariff).All(w => w.Code != c.Charge)) mistakes.Add(new("given.charge_unknown") { Field = "What" });
        if (!new BillingPeriod(c.Period).IsValid) mistakes.Add(new("period.wrong") { Field = "Month" });
        if (c.YuanPerKwh is <= 0 or > GivenPrice.MostYuan || decimal.Round(c.YuanPerKwh, GivenPrice.Decimals) != c.YuanPerKwh) mistakes.Add(new("given.price_wrong", GivenPrice.Decimals, GivenPrice.MostYuan) { Field = "Yuan" });
        var notice = (c.Notice ?? "").Trim();
        if (notice.Length is 0 or > GivenPrice.MaxNotice) mistakes.Add(new("given.notice_missing", GivenPrice.MaxNotice) { Field = "Notice" });
        Refused.IfAny(mistakes);
        var price = await db.GivenPrices.HoldOrNull(p => p.TariffCode == c.TariffCode && p.Charge == c.Charge && p.Period == c.Period, ct);
        if (price is null) db.Add(price = new() { TariffCode = c.TariffCode, Charge = c.Charge, Period = c.Period });
        price.Set(c.YuanPerKwh, notice, current.Name, db.AtUtc);
        db.Subject = $"{c.TariffCode} {c.Charge} {new BillingPeriod(c.Period)}";
        return c.Period;
    }, ct);
}

/// <summary>A charge whose price is told month by month, and what was told for one.</summary>
/// <param name="Points">Supply points of the tariff in the person's reach.</param>
public sealed record GivenPriceRow(string TariffCode, string Tariff, string Charge, string Name, GivenPrice? Price, int Points);

/// <summary>Reads the prices of a month, those that are wanted first.</summary>
public sealed class GivenPriceList(HallDb db, Current current, Tariffs tariffs, Texts texts)
{
    public async Task<IReadOnlyList<GivenPriceRow>> Of(BillingPeriod period, CancellationToken ct = default)
    {
        current.Require("bills.run");
        var told = (await db.GivenPrices.AsNoTracking().Where(p => p.Period == period.Number).ToListAsync(ct)).ToDictionary(p => (p.TariffCode, p.Charge));
        var seen = db.BillingAccounts.SeenBy(current);
        var points = await db.SupplyPoints.Where(p => p.EndedOn == null && seen.Any(a => a.Bucket == p.Bucket && a.Id == p.AccountId)).GroupBy(p => p.TariffCode).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var rows = tariffs.All.SelectMany(t => GivenPrices.WantedBy(t.Tariff).Select(w =>
            new GivenPriceRow(t.Code, TariffNames.Of(t.Tariff.Name), w.Code, w.Name is { } name ? TariffNames.Of(name) : texts["rating.kind." + LineKind.Energy], told.GetValueOrDefault((t.Code, w.Code)), points.GetValueOrDefault(t.Code))));
        return [.. rows.OrderByDescending(r => r.Points > 0).ThenBy(r => r.TariffCode, StringComparer.Ordinal)];
    }
}

/// <summary>Doors to the prices of a month, for pages and programs.</summary>
static class GivenPricePages
{
    public sealed record Form
    {
        public Guid RequestId { get; init; }
        /// <summary>Tariff and charge, with a bar between.</summary>
        public string? What { get; init; }
        public string? Month { get; init; }
        public string? Yuan { get; init; }
        public string? Notice { get; init; }
    }

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/given-prices/set", async ([FromForm] Form f, SetGivenPrice set, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var what = (f.What ?? "").Split('|');
            var mistakes = new List<Refused>();
            var yuan = BillingPages.Kwh(f.Yuan, "Yuan", mistakes);
            Refused.IfAny(mistakes);
            var period = await set.Handle(new(f.RequestId, what[0], what[^1], BillingPeriod.Parse(f.Month)?.Number ?? 0, yuan ?? 0, f.Notice ?? ""), ct);
            return Fragment.Go(http, "/given-prices?month=" + new BillingPeriod(period), texts["given.said"]);
        }).RequireAuthorization("bills.run").ExcludeFromDescription();

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var prices = api.MapGroup("/given-prices").WithTags("Bill runs");
        prices.MapGet("/", async (int period, GivenPriceList list, CancellationToken ct) => (await list.Of(new BillingPeriod(period).Checked(), ct))
            .Select(r => new { r.TariffCode, r.Charge, r.Name, r.Points, yuanPerKwh = r.Price?.Yuan, notice = r.Price?.Notice })).RequireAuthorization("bills.run").WithName("givenPrices").WithSummary("Prices told for a month, with those still wanted.");
        prices.MapPost("/", (SetGivenPrice.Command command, SetGivenPrice set, CancellationToken ct) => set.Handle(command, ct)).RequireAuthorization("bills.run").WithName("setGivenPrice");
    }
}
