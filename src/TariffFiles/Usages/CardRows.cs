using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Events of cards in order of time: issue, top-up, spend, return. What is on the card is carried unless balance says it.</summary>
static class CardRows
{
    public static readonly string[] Columns = ["event", "amount", "balance", "day"];

    public static IEnumerable<RatedRow> Rate(UsageContext context, IReadOnlyList<UsageRecord> records)
    {
        var tariffs = context.Tariffs;
        foreach (var record in records)
        {
            if (!record.Has("event")) record.Wrong("usage.missing", 0, "event");
            var what = record.Word("event", CardEvent.Issue);
            if (what is CardEvent.TopUp or CardEvent.Spend && !record.Has("amount")) { record.Wrong("usage.missing", 0, "amount"); continue; }
            var day = record.Day("day");
            var code = record.Text("tariff") ?? tariffs.OnlyCard;
            if (code is null || tariffs.CardOn(code, day) is not { } card) { yield return new(record.Account, day, day, RateRun.Unknown(code), record.Line); continue; }
            var before = record.Amount("balance") is { } given ? Money.OfYuan(given) : context.Balances.GetValueOrDefault(record.Account);
            var (bill, balance) = card.Of(what, Money.OfYuan(record.Amount("amount") ?? 0), before);
            context.Balances[record.Account] = balance;
            yield return new(record.Account, day, day, bill, record.Line);
        }
    }
}
