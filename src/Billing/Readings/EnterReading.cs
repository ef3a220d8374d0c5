using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>手工录入示数: one reading entered or corrected at the counter. A strange one needs a reason; a correction is a new row that points back.</summary>
public sealed class EnterReading(Work work, Current current, TimeProvider clock, Tariffs tariffs)
{
    /// <param name="Kwh">Total register, kWh with at most three decimals.</param>
    /// <param name="DemandKw">Greatest demand since the round before, kW; with kvarh and energy fed in as the meter has these registers.</param>
    /// <param name="Reason">Needed for a strange reading and for a correction.</param>
    [Needs("readings.enter")]
    public sealed record Command(
        Guid RequestId, string AccountNumber, DateOnly ReadOn, decimal Kwh, decimal? Sharp, decimal? Peak, decimal? Flat, decimal? Valley, decimal? DeepValley, ReadingKind Kind, string? Reason,
        decimal? DemandKw = null, decimal? Kvarh = null, decimal? FeedIn = null) : ICommand;

    /// <returns>Revision: 0 for a new reading, 1 and more for a correction.</returns>
    /// <exception cref="Refused">account.not_found; account.closed; supply.ended; reading.* (what is wrong); reading.strange (needs a reason); reason.missing (a correction)</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Enter(db, c, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    public async Task<int> Enter(HallDb db, Command c, CancellationToken ct)
    {
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found") { Field = "AccountNumber" };
        Refused.If(account.State == AccountState.Closed, "account.closed");
        Refused.If(account.State == AccountState.Pending, "account.pending", account.Number);
        // The balance row is the account's lock: two corrections of one day stand in line here.
        await db.AccountBalances.Hold(b => b.Bucket == account.Bucket && b.AccountId == account.Id, orRefuse: "account.not_found", ct);
        var point = await db.SupplyPoints.SingleAsync(p => p.AccountId == account.Id, ct);
        Refused.If(point.EndedOn < c.ReadOn, "supply.ended", Shown.Text(point.EndedOn));
        var own = await db.MeterReadings.Where(r => r.Bucket == account.Bucket && r.AccountId == account.Id && r.ReadOn <= c.ReadOn).OrderByDescending(r => r.ReadOn).ThenByDescending(r => r.Revision).Take(20).ToListAsync(ct);
        var corrected = own.FirstOrDefault(r => r.ReadOn == c.ReadOn);
        var days = own.Where(r => r.ReadOn < c.ReadOn).GroupBy(r => r.ReadOn).Select(g => g.First()).ToList();
        var reason = string.IsNullOrWhiteSpace(c.Reason) ? null : c.Reason.Trim();
        var at = clock.GetUtcNow().UtcDateTime;
        var now = Reading(c, point, at, corrected, reason, false);
        var (wrong, strange, hasRolledOver) = ReadingCheck.Of(now, days.FirstOrDefault(), days.Skip(1).FirstOrDefault(), point, tariffs.NeedsBands(point.TariffCode), DateOnly.FromDateTime(Shown.Local(at)));
        if (wrong is not null) throw new Refused(wrong.Code, [.. wrong.Values]) { Field = FieldOf(wrong) };
        if (corrected is null && await db.MeterReadings.Where(r => r.Bucket == account.Bucket && r.AccountId == account.Id && r.ReadOn > c.ReadOn).OrderByDescending(r => r.ReadOn).FirstOrDefaultAsync(ct) is { } later)
            throw new Refused("reading.older_than_last", ReadingCheck.Day(c.ReadOn), ReadingCheck.Day(later.ReadOn)) { Field = "ReadOn" };
        Refused.IfField(corrected is not null && reason is null, "Reason", "reason.missing");
        if (strange is not null && reason is null) throw new Refused("reading.strange", strange.Values.Count > 0 ? strange.Values[0] : "0") { Field = "Reason" };
        db.Add(Reading(c, point, at, corrected, reason, hasRolledOver));
        db.Subject = account.Number;
        return (corrected?.Revision ?? -1) + 1;
    }

    /// <summary>The field of a form that is wrong.</summary>
    internal static string FieldOf(ReadingNote wrong) => wrong.Code.Contains("bands", StringComparison.Ordinal) ? "Peak" : wrong.Code is "reading.in_future" or "reading.too_old" or "reading.there_already" or "reading.older_than_last" ? "ReadOn" : "Kwh";

    private MeterReading Reading(Command c, SupplyPoint point, DateTime at, MeterReading? corrected, string? reason, bool hasRolledOver) => new()
    {
        Bucket = point.Bucket, AccountId = point.AccountId, ReadOn = c.ReadOn, Revision = (short)((corrected?.Revision ?? -1) + 1), Corrects = corrected?.Revision, Reason = reason,
        MeterNumber = point.MeterNumber, Kind = c.Kind, Source = ReadingSource.Hand, HasRolledOver = hasRolledOver,
        TotalWh = Wh("Kwh", c.Kwh)!.Value, SharpWh = Wh("Sharp", c.Sharp), PeakWh = Wh("Peak", c.Peak), FlatWh = Wh("Flat", c.Flat), ValleyWh = Wh("Valley", c.Valley), DeepValleyWh = Wh("DeepValley", c.DeepValley),
        DemandW = Wh("DemandKw", c.DemandKw), ReactiveVarh = Wh("Kvarh", c.Kvarh), FeedInWh = Wh("FeedIn", c.FeedIn),
        EnteredBy = current.UserId, EnteredAtUtc = at,
    };

    private static long? Wh(string field, decimal? kwh)
    {
        if (kwh is not { } value) return null;
        Refused.IfField(value is < 0 or > 1_000_000_000m || value * 1000m != decimal.Truncate(value * 1000m), field, "reading.value_wrong", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return (long)(value * 1000m);
    }
}
