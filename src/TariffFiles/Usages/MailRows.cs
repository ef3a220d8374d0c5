using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Mail items, a row an item.</summary>
static class MailRows
{
    public static readonly string[] Columns = ["product", "grams", "origin", "destination", "cm3", "extras", "declared", "credential", "day"];

    public static IEnumerable<RatedRow> Rate(Tariffs tariffs, IReadOnlyList<UsageRecord> records)
    {
        foreach (var record in records)
        {
            var item = new MailItem(record.Text("product") ?? "", record.Whole("grams") ?? 0)
            {
                Origin = record.Text("origin"),
                Destination = record.Text("destination"),
                Cm3 = record.Whole("cm3") ?? 0,
                Extras = record.Text("extras")?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                DeclaredYuan = record.Amount("declared") ?? 0,
                Credential = record.Text("credential"),
            };
            var day = record.Day("day");
            var code = record.Text("tariff") ?? tariffs.OnlyPost;
            yield return new(record.Account, day, day, code is not null && tariffs.PostOn(code, day) is { } post ? post.Rate(item) : RateRun.Unknown(code), record.Line);
        }
    }
}
