using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Customers;

/// <summary>An account has its number, and no meter yet.</summary>
public sealed record AccountPrepared(long AccountId);

/// <summary>The meter of a prepared account was set; its first reading stands for the end of that day.</summary>
public sealed record SupplyStarted(long AccountId, string MeterNumber, DateOnly On, long FirstReadingWh);

/// <summary>立户、装表: an account gets its number when a supply is asked for, so that fees can be paid on it, and begins when its meter is set. Steps inside other commands, which have asked for the permission.</summary>
public sealed class StartSupply(Current current, Tariffs tariffs, ChangeSupplyPoint change)
{
    /// <param name="CustomerNumber">A known customer; null: a new one by <paramref name="Customer"/>.</param>
    public sealed record Asked(string? CustomerNumber, CustomerFields? Customer, string? Address, string? TariffCode, Voltage Voltage, int? ContractKva, short Persons = 0);

    /// <exception cref="Refused">All mistakes of the form at once; customer.not_found; customer.closed</exception>
    public async Task<BillingAccount> Prepare(HallDb db, Asked asked, string unitPath, CancellationToken ct)
    {
        var mistakes = new List<Refused>();
        var fields = asked.CustomerNumber is null ? (asked.Customer ?? new(CustomerKind.Person, null, null, null, false)).Checked(mistakes) : null;
        var place = new SupplyPointFields("0000", 6, 1, asked.Address, asked.TariffCode, asked.Voltage, asked.Persons, null, false, false, asked.ContractKva).Checked(mistakes, tariffs);
        Refused.IfAny(mistakes);
        var customer = fields is null ? await db.Customers.Hold(c => c.Number == asked.CustomerNumber, orRefuse: "customer.not_found", ct) : await OpenAccount.NewCustomer(db, fields, db.AtUtc, ct);
        Refused.If(customer.State == CustomerState.Closed, "customer.closed");
        var id = await CustomerCounter.Take(db, CustomerCounter.Accounts, 1, ct);
        var account = BillingAccount.Prepare(id, AccountNumber.Of(id), customer.Id, unitPath, db.AtUtc);
        var point = SupplyPoint.At(id, SupplyPoint.NoMeter + account.Number, place.Address!, place.TariffCode!);
        ChangeSupplyPoint.Put(point, place with { MeterNumber = point.MeterNumber });
        db.AddRange(account, point);
        db.AddRange(SearchTerms.RowsOf(account, customer, point));
        db.Raise(new AccountPrepared(id));
        return account;
    }

    /// <param name="meter">Its number, digits and multiplier.</param>
    /// <exception cref="Refused">account.not_found; account.not_pending; account.out_of_reach; meter.*; reading.negative</exception>
    public async Task Begin(HallDb db, string accountNumber, (string? Number, short Digits, int Multiplier) meter, DateOnly on, long firstReadingWh, CancellationToken ct)
    {
        var account = await db.BillingAccounts.Hold(a => a.Number == accountNumber, orRefuse: "account.not_found", ct);
        Refused.If(!Reach.Covers(current, account.UnitPath), "account.out_of_reach");
        Refused.IfField(firstReadingWh < 0, "first_reading", "reading.negative");
        account.Begin();
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        await SetMeter(db, account, point, meter, ct);
        point.BeganOn = on.AddDays(1);
        db.Raise(new SupplyStarted(account.Id, point.MeterNumber, on, firstReadingWh));
    }

    /// <summary>Another meter hangs at the supply point from now on; what the registers say is the caller's business.</summary>
    public Task SetMeter(HallDb db, BillingAccount account, SupplyPoint point, (string? Number, short Digits, int Multiplier) meter, CancellationToken ct) =>
        change.Write(db, account, point, SupplyPointFields.Of(point) with { MeterNumber = meter.Number, MeterDigits = meter.Digits, Multiplier = meter.Multiplier }, ct, meterField: "meter");

    /// <summary>The supply does not come about: the number is given up. Nothing may be owed or left on it.</summary>
    public static async Task GiveUp(HallDb db, string accountNumber, CancellationToken ct)
    {
        var account = await db.BillingAccounts.Hold(a => a.Number == accountNumber, orRefuse: "account.not_found", ct);
        if (account.State != AccountState.Pending) return;
        account.Close(db.AtUtc);
        var point = await db.SupplyPoints.Hold(p => p.AccountId == account.Id, orRefuse: "account.not_found", ct);
        point.End(DateOnly.FromDateTime(Shown.Local(db.AtUtc)));
    }
}
