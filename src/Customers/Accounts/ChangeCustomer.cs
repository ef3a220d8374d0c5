using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>客户信息变更: name, papers, telephone, consent. Each change is kept with what stood there before.</summary>
public sealed class ChangeCustomer(Work work, Current current, TimeProvider clock)
{
    [Needs("customers.open")]
    public sealed record Command(Guid RequestId, string Number, CustomerFields Customer) : ICommand;

    /// <summary>What is left empty stays: the form doesn't show the full values.</summary>
    /// <returns>Number of fields that changed.</returns>
    /// <exception cref="Refused">All mistakes of the form at once; customer.not_found; customer.closed; account.out_of_reach</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Change(db, c, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    public async Task<int> Change(HallDb db, Command c, CancellationToken ct)
    {
        var customer = await db.Customers.Hold(x => x.Number == c.Number, orRefuse: "customer.not_found", ct);
        Refused.If(customer.State == CustomerState.Closed, "customer.closed");
        var accounts = await db.BillingAccounts.Where(a => a.CustomerId == customer.Id).ToListAsync(ct);
        Refused.If(accounts.Count > 0 && !accounts.Exists(a => Reach.Covers(current, a.UnitPath)), "account.out_of_reach");
        var mistakes = new List<Refused>();
        var fields = new CustomerFields(customer.Kind, Or(c.Customer.Name, customer.Name), Or(c.Customer.PaperNumber, customer.PaperNumber), Or(c.Customer.Phone, customer.Phone), c.Customer.HasConsented).Checked(mistakes);
        Refused.IfAny(mistakes);

        var points = await db.SupplyPoints.Where(p => accounts.Select(a => a.Id).Contains(p.AccountId)).ToDictionaryAsync(p => p.AccountId, ct);
        var before = accounts.SelectMany(a => SearchTerms.RowsOf(a, customer, points[a.Id])).ToList();
        var at = clock.GetUtcNow().UtcDateTime;
        var changes = 0;
        Change("Name", customer.Name, fields.Name!, () => customer.Name = fields.Name!);
        Change("PaperNumber", customer.PaperNumber ?? "", fields.PaperNumber ?? "", () => customer.PaperNumber = fields.PaperNumber);
        Change("Phone", customer.Phone, fields.Phone!, () => customer.Phone = fields.Phone!);
        if (!customer.HasConsented) (customer.HasConsented, customer.ConsentedAtUtc) = (true, at);
        await SearchIndex.Replace(db, before, accounts.SelectMany(a => SearchTerms.RowsOf(a, customer, points[a.Id])), ct);
        db.Subject = customer.Number;
        return changes;

        void Change(string field, string was, string becomes, Action put)
        {
            if (was == becomes) return;
            put();
            changes++;
            db.Add(new CustomerChange { CustomerId = customer.Id, Field = field, Before = was, After = becomes, AtUtc = at, ChangedBy = current.UserId, ChangedByName = current.Name });
        }
    }

    private static string? Or(string? given, string? kept) => string.IsNullOrWhiteSpace(given) ? kept : given;
}
