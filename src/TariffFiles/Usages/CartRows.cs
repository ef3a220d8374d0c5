using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Carts: rows of one account (receipt) are its goods; day, member and coupons stand in the first.</summary>
static class CartRows
{
    public static readonly string[] Columns = ["sku", "quantity", "price", "day", "member", "coupons"];

    public static IEnumerable<RatedRow> Rate(Tariffs tariffs, IReadOnlyList<UsageRecord> records)
    {
        foreach (var receipt in records.GroupBy(r => r.Account))
        {
            var first = receipt.First();
            if (!first.Has("account")) first.Wrong("usage.no_account", 0);
            if (first.Day("day") is not { } day) { first.Wrong("usage.missing", 0, "day"); continue; }
            var code = first.Text("tariff") ?? tariffs.OnlyPriceList;
            if (code is null || tariffs.PriceListOn(code, day) is not { } list) { yield return new(receipt.Key, day, day, RateRun.Unknown(code), first.Line); continue; }
            var goods = receipt.Select(r => (r.Text("sku") ?? r.Wrong("usage.missing", "", "sku"), r.Number("quantity") ?? 1, r.Amount("price") is { } yuan ? Money.OfYuan(yuan) : (Money?)null)).ToList();
            var coupons = first.Text("coupons")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
            yield return new(receipt.Key, day, day, list.Rate(tariffs.Promotions, day, first.Flag("member"), coupons, goods), first.Line);
        }
    }
}
