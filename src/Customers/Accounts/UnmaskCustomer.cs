using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>Shows a customer's full data to one person, once, for a reason; the customer can be shown that it was done.</summary>
public sealed class UnmaskCustomer(Work work, HallDb reading, Current current, TimeProvider clock)
{
    public const int LeastReason = 2;
    public const int MostReason = 200;

    /// <param name="Reason">Why, in words: the business at hand.</param>
    /// <param name="VisitId">The open visit, when there is one.</param>
    [Needs("customers.unmask")]
    public sealed record Command(Guid RequestId, string CustomerNumber, string? Reason, Guid? VisitId) : ICommand;

    public sealed record Full(string Number, string Name, string? PaperNumber, string Phone, IReadOnlyList<string> Addresses);

    /// <summary>The full data; only after the line that says so is committed. It is read afterwards, so that it isn't kept with the request's answer.</summary>
    /// <exception cref="Refused">reason.missing; customer.not_found; account.out_of_reach</exception>
    public async Task<Full> Handle(Command c, CancellationToken ct = default)
    {
        var id = await work.Once(c, async db =>
        {
            var reason = (c.Reason ?? "").Trim();
            Refused.IfField(reason.Length is < LeastReason or > MostReason, "Reason", "reason.missing");
            var customer = await db.Customers.SingleOrDefaultAsync(x => x.Number == c.CustomerNumber, ct) ?? throw new Refused("customer.not_found");
            var units = await db.BillingAccounts.Where(a => a.CustomerId == customer.Id).Select(a => a.UnitPath).ToListAsync(ct);
            Refused.If(!units.Exists(u => Reach.Covers(current, u)), "account.out_of_reach");
            db.Add(new AccessLine
            {
                CustomerId = customer.Id, AtUtc = clock.GetUtcNow().UtcDateTime, SeenBy = current.UserId!.Value, StaffNumber = current.StaffNumber, SeenByName = current.Name,
                HallId = current.HallId, VisitId = c.VisitId, Reason = reason,
            });
            db.Subject = customer.Number;
            return customer.Id;
        }, ct);
        var full = await reading.Customers.SingleAsync(x => x.Id == id, ct);
        var addresses = await (from a in reading.BillingAccounts join p in reading.SupplyPoints on a.Id equals p.AccountId where a.CustomerId == id orderby a.Id select p.Address).ToListAsync(ct);
        return new(full.Number, full.Name, full.PaperNumber, full.Phone, addresses);
    }
}
