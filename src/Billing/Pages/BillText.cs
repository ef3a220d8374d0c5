using System.Globalization;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>How bills are written for people.</summary>
public static class BillText
{
    public static string Kwh(long wh) => Number(wh / 1000m);

    public static string Number(decimal value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);

    /// <summary>What a bill is called by its period: 2026-03, or that it is a fee.</summary>
    public static string Period(int period, Texts texts) => FeeBills.Is(period) ? texts["billing.fee_bill", FeeBills.Label(period)] : new BillingPeriod(period).ToString();

    /// <summary>Its period, and the issue when it replaces another.</summary>
    public static string Period(CustomerBill bill, Texts texts) => Period(bill.Period, texts) + (bill.Issue > 0 ? $" ({bill.Issue + 1})" : "");

    public static BadgeKind Kind(CustomerBill bill) => bill.State switch { BillState.Issued => BadgeKind.Warn, BillState.Settled => BadgeKind.Good, BillState.Cancelled => BadgeKind.Done, BillState.Held => BadgeKind.Now, _ => BadgeKind.Plain };

    public static BadgeKind Kind(HeldState state) => state switch { HeldState.Open => BadgeKind.Warn, HeldState.Investigated => BadgeKind.Now, HeldState.Withdrawn => BadgeKind.Bad, HeldState.Released => BadgeKind.Good, _ => BadgeKind.Done };

    /// <summary>Why a bill was kept back.</summary>
    public static string Checks(string codes, Texts texts) => string.Join(" · ", codes.Split(' ').Select(c => texts["billing.check." + c]));

    /// <summary>Why something could not be rated.</summary>
    public static string Finding(Kernel.Finding finding, Texts texts) =>
        texts.Has("finding." + finding.Code) ? texts["finding." + finding.Code, [.. finding.Values, "", "", ""]] : texts["billing.finding.other", finding.Code, ""];

    public static string Quota(Tariffs tariffs, string code, string kind) =>
        tariffs.Find(code) is { } tariff && SupplyPointFields.QuotasOf(tariff.Tariff).FirstOrDefault(q => q.Kind == kind) is { } quota ? TariffNames.Of(quota.Name) : kind;

    /// <summary>What a line is: its own name or the word of its kind, with season, tier and band.</summary>
    public static string Line(LineSource source, Texts texts)
    {
        var parts = new List<string> { source.Name is { } name ? TariffNames.Of(name) : texts["rating.kind." + source.Kind] };
        if (source.Season is { } season) parts.Add(TariffNames.Of(season));
        if (source.Tier > 0) parts.Add(texts["rating.tier", source.Tier]);
        if (source.Band != Band.Whole) parts.Add(texts["rating.band." + (source.Band == Band.DeepValley ? "deep-valley" : source.Band.ToString().ToLowerInvariant())]);
        return string.Join(' ', parts);
    }

    /// <summary>The limits of a tier: 2,880–4,800, or from 4,800.</summary>
    public static string Tier(BillLine line) => line.TierFromWh is null && line.TierUpToWh is null ? "" : $"{Kwh(line.TierFromWh ?? 0)}–{(line.TierUpToWh is { } end ? Kwh(end) : "∞")}";
}
