using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Customers;

/// <summary>An account was opened, with the register's value when its meter was set.</summary>
/// <param name="BandsWh">Registers by band, sharp to deep valley, of a meter by time of use that goes on turning; null: all from 0.</param>
public sealed record AccountOpened(long AccountId, string MeterNumber, DateOnly OpenedOn, long FirstReadingWh, IReadOnlyList<long?>? BandsWh = null);

/// <summary>开户: a customer, new or known, gets an account with its supply point.</summary>
public sealed class OpenAccount(Work work, Current current, TimeProvider clock, Tariffs tariffs)
{
    /// <param name="CustomerNumber">A known customer; null: a new one by <paramref name="Customer"/>.</param>
    /// <param name="UnitPath">Unit that the account belongs to; null: the unit of the person who opens it.</param>
    /// <param name="FirstReadingWh">Register when the meter was set, Wh.</param>
    [Needs("customers.open")]
    public sealed record Command(
        Guid RequestId, string? CustomerNumber, CustomerFields? Customer, SupplyPointFields SupplyPoint, string? UnitPath, DateOnly OpenedOn, long FirstReadingWh) : ICommand;

    public sealed record Opened(string CustomerNumber, string AccountNumber, long AccountId);

    /// <exception cref="Refused">All mistakes of the form at once; customer.not_found; meter.number_taken; account.out_of_reach</exception>
    public Task<Opened> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Open(db, c, null, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    /// <param name="bandsWh">As <see cref="AccountOpened.BandsWh"/>.</param>
    public async Task<Opened> Open(HallDb db, Command c, IReadOnlyList<long?>? bandsWh, CancellationToken ct)
    {
        var at = clock.GetUtcNow().UtcDateTime;
        var unit = c.UnitPath ?? current.UnitPath;
        var mistakes = new List<Refused>();
        if (!Reach.Covers(current, unit)) mistakes.Add(new("account.out_of_reach") { Field = "UnitPath" });
        if (c.FirstReadingWh < 0) mistakes.Add(new("reading.negative") { Field = "FirstReading" });
        var fields = c.CustomerNumber is null ? (c.Customer ?? new(CustomerKind.Person, null, null, null, false)).Checked(mistakes) : null;
        var place = c.SupplyPoint.Checked(mistakes, tariffs);
        if (await db.SupplyPoints.AnyAsync(p => p.MeterNumber == place.MeterNumber && p.EndedOn == null, ct)) mistakes.Add(new("meter.number_taken", place.MeterNumber!) { Field = "MeterNumber" });
        Refused.IfAny(mistakes);

        var customer = fields is null
            ? await db.Customers.Hold(x => x.Number == c.CustomerNumber, orRefuse: "customer.not_found", ct)
            : await NewCustomer(db, fields, at, ct);
        Refused.If(customer.State == CustomerState.Closed, "customer.closed");
        var id = await CustomerCounter.Take(db, CustomerCounter.Accounts, 1, ct);
        var account = BillingAccount.Open(id, AccountNumber.Of(id), customer.Id, unit, at);
        var point = SupplyPoint.At(id, place.MeterNumber!, place.Address!, place.TariffCode!);
        ChangeSupplyPoint.Put(point, place);
        // The first reading stands for the end of its day.
        point.BeganOn = c.OpenedOn.AddDays(1);
        db.AddRange(account, point);
        db.AddRange(SearchTerms.RowsOf(account, customer, point));
        db.Subject = account.Number;
        db.Raise(new AccountOpened(id, point.MeterNumber, c.OpenedOn, c.FirstReadingWh, bandsWh));
        return new Opened(customer.Number, account.Number, id);
    }

    internal static async Task<Customer> NewCustomer(HallDb db, CustomerFields fields, DateTime at, CancellationToken ct)
    {
        var number = CustomerNumber.Of(await CustomerCounter.Take(db, CustomerCounter.CustomerNumbers, 1, ct));
        var customer = new Customer
        {
            Number = number, Kind = fields.Kind, Name = fields.Name!, PaperNumber = fields.PaperNumber, Phone = fields.Phone!,
            HasConsented = true, ConsentedAtUtc = at, OpenedAtUtc = at,
        };
        db.Add(customer);
        return customer;
    }
}

/// <summary>客户编号: K and the digits of its counter with a check digit.</summary>
public static class CustomerNumber
{
    public static string Of(long counted) => "K" + AccountNumber.Of(counted);
}
