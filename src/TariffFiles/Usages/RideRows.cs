namespace OpenHall.TariffFiles;

/// <summary>Rides, a row a ride in order of time; without spent the month's spending is carried over the rides of the account.</summary>
static class RideRows
{
    public static readonly string[] Columns = ["km", "card", "day", "spent"];

    public static IEnumerable<RatedRow> Rate(UsageContext context, IReadOnlyList<UsageRecord> records)
    {
        var tariffs = context.Tariffs;
        foreach (var record in records)
        {
            if (record.Amount("km") is not { } km) { record.Wrong("usage.missing", 0, "km"); continue; }
            var day = record.Day("day");
            var code = record.Text("tariff") ?? tariffs.OnlyFare;
            if (code is null || tariffs.FareOn(code, day) is not { } fare) { yield return new(record.Account, day, day, RateRun.Unknown(code), record.Line); continue; }
            var key = (record.Account, code, day is { } d ? d.Year * 12 + d.Month : 0);
            var spent = record.Amount("spent") ?? context.Rides.GetValueOrDefault(key);
            var ride = fare.Ride(km, record.Text("card"), spent);
            context.Rides[key] = spent + ride.Counted;
            yield return new(record.Account, day, day, new(code, ride.Total, 0, ride.Lines, ride.Findings), record.Line);
        }
    }
}
