using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Orders;

/// <summary>业务受理: takes what a customer asks for at the counter: form, papers, who applies; asks the fees and hands it to the first stage.</summary>
public sealed class AcceptOrder(Work work, Current current, BusinessServices services, OrderFlow flow)
{
    /// <param name="AccountNumber">Account it is about.</param>
    /// <param name="CustomerNumber">Known customer where it is about no account.</param>
    /// <param name="Applicant">Somebody new, where neither is known.</param>
    /// <param name="Data">What was filled in, by field.</param>
    /// <param name="Papers">Codes of the papers seen.</param>
    /// <param name="AgentName">经办人; null: in person.</param>
    /// <param name="AgainDespite">The same is being worked at already and is wanted once more.</param>
    [Needs("orders.take")]
    public sealed record Command(
        Guid RequestId, string Service, string? AccountNumber, string? CustomerNumber, CustomerFields? Applicant, IReadOnlyDictionary<string, string> Data, IReadOnlyList<string> Papers,
        string? AgentName = null, string? AgentPaper = null, bool AgainDespite = false, string? Note = null) : ICommand;

    public sealed record Accepted(string Number, OrderState State, string? AccountNumber, long FeeFen);

    /// <exception cref="Refused">order.service_unknown; order.account_needed; account.not_found; account.closed; customer.not_found; hall.none_for_person; order.duplicate; order.in_arrears; all mistakes of the form at once; what a mechanism refuses</exception>
    public Task<Accepted> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hall = await db.HallInReach(current, current.RequireHall(), ct);
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var service = services.Find(c.Service) ?? throw new Refused("order.service_unknown", c.Service);
        var version = service.On(today) ?? throw new Refused("order.service_unknown", c.Service);
        var (account, customer) = await Whose(db, c, service, ct);
        await RefuseAgain(db, c, account, customer, ct);
        if (version.NoArrears && account is not null)
            Refused.If(await db.CustomerBills.AnyAsync(b => b.Bucket == account.Bucket && b.AccountId == account.Id && b.State == BillState.Issued && b.DueDate < today, ct), "order.in_arrears", account.Number);

        var mistakes = new List<Refused>();
        var applicant = customer is null ? Applicant(c.Applicant, version, mistakes) : null;
        var who = Applicants.CasesOf(customer?.Kind ?? applicant!.Kind, customer?.PaperNumber ?? applicant?.PaperNumber, c.AgentName, today);
        var (agentName, agentPaper) = Agent(c, who, mistakes);
        foreach (var paper in version.Papers.Where(p => p.IsNeeded && p.IsFor(who) && !c.Papers.Contains(p.Code))) mistakes.Add(new("order.paper_missing", paper.Name.ToString()) { Field = "paper_" + paper.Code });
        var data = version.Fields.Checked(c.Data, mistakes);
        Refused.IfField(c.Note?.Length > ServiceOrder.MostWords, "Note", "order.words_missing", ServiceOrder.MostWords);
        Refused.IfAny(mistakes);
        if (applicant is not null) Applicants.Keep(data, applicant);

        var visit = await db.VisitOf(current, ct);
        var order = new ServiceOrder
        {
            Number = await OrderCounter.Take(db, today, ct), Service = service.Code, Version = version.From, HallId = hall.Id, UnitPath = account?.UnitPath ?? hall.Path, VisitId = visit?.Id,
            CustomerId = customer?.Id, AccountId = account?.Id, AccountNumber = account?.Number, ApplicantName = customer?.Name ?? applicant!.Name!, Phone = customer?.Phone ?? applicant!.Phone!,
            AgentName = agentName, AgentPaper = agentPaper, Papers = string.Join(' ', version.Papers.Where(p => c.Papers.Contains(p.Code)).Select(p => p.Code)),
            AcceptedAtUtc = db.AtUtc, AcceptedBy = current.UserId, AcceptedByName = current.Name,
        };
        order.Put(data);
        db.Add(order);
        (db.Subject, db.HallOfCommand) = (order.Number, hall.Id);
        db.Step(order, "Accepted", current, string.IsNullOrWhiteSpace(c.Note) ? null : c.Note.Trim());
        if (visit is not null) db.AddStep(visit.Id, "order", current, order.Number);
        await flow.Leave(db, order, service, version, null, ct);
        return new Accepted(order.Number, order.State, order.AccountNumber, order.FeeFen);
    }, ct);

    private async Task<(BillingAccount? Account, Customer? Customer)> Whose(HallDb db, Command c, BusinessService service, CancellationToken ct)
    {
        Refused.IfField(service.About == ServiceAbout.Account && string.IsNullOrWhiteSpace(c.AccountNumber), "AccountNumber", "order.account_needed");
        if (!string.IsNullOrWhiteSpace(c.AccountNumber))
        {
            Refused.If(!await db.BillingAccounts.SeenBy(current).AnyAsync(a => a.Number == c.AccountNumber, ct), "account.not_found");
            // Held, so that two counters don't take the same order of one account.
            var account = await db.BillingAccounts.Hold(a => a.Number == c.AccountNumber, orRefuse: "account.not_found", ct);
            Refused.If(account.State == AccountState.Closed, "account.closed");
            return (account, await db.Customers.SingleAsync(x => x.Id == account.CustomerId, ct));
        }

        if (string.IsNullOrWhiteSpace(c.CustomerNumber))
        {
            Refused.If(service.About == ServiceAbout.Customer, "order.customer_needed");
            return (null, null);
        }

        var customer = await db.Customers.Hold(x => x.Number == c.CustomerNumber, orRefuse: "customer.not_found", ct);
        Refused.If(!await db.BillingAccounts.SeenBy(current).AnyAsync(a => a.CustomerId == customer.Id, ct), "customer.not_found");
        return (null, customer);
    }

    private static async Task RefuseAgain(HallDb db, Command c, BillingAccount? account, Customer? customer, CancellationToken ct)
    {
        if (c.AgainDespite || account is null && customer is null) return;
        var (accountId, customerId) = (account?.Id, customer?.Id);
        var open = await db.ServiceOrders.Where(o => o.Service == c.Service && o.EndedAtUtc == null && (accountId != null ? o.AccountId == accountId : o.CustomerId == customerId)).Select(o => o.Number).FirstOrDefaultAsync(ct);
        Refused.IfField(open is not null, "AgainDespite", "order.duplicate", open ?? "");
    }

    private static CustomerFields Applicant(CustomerFields? given, ServiceVersion version, List<Refused> mistakes)
    {
        var fields = given ?? new(CustomerKind.Person, null, null, null, false);
        // Only who becomes a customer consents to being kept as one.
        return (version.Effect == PrepareSupply.Code ? fields : fields with { HasConsented = true }).Checked(mistakes);
    }

    private static (string? Name, string? Paper) Agent(Command c, IReadOnlySet<ApplicantCase> who, List<Refused> mistakes)
    {
        var name = string.IsNullOrWhiteSpace(c.AgentName) ? null : c.AgentName.Trim();
        var paper = string.IsNullOrWhiteSpace(c.AgentPaper) ? null : c.AgentPaper.Trim().ToUpperInvariant();
        if (who.Contains(ApplicantCase.Minor) && name is null) mistakes.Add(new("order.minor_needs_agent") { Field = "AgentName" });
        if (name is null) return (null, null);
        if (name.Length > Customer.MostNameLength) mistakes.Add(new("customer.name_too_long", Customer.MostNameLength) { Field = "AgentName" });
        if (paper is null || !ResidentId.TryParse(paper, out _)) mistakes.Add(new("customer.id_wrong") { Field = "AgentPaper" });
        return (name, paper);
    }
}
