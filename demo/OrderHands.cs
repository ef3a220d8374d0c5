using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Customers;
using OpenHall.Orders;

namespace OpenHall.Demo;

/// <summary>Business beside payments: visitors ask for services, and the people of the stages work their lists.</summary>
public sealed class OrderHands(Actors actors, BusinessServices services, Random chance, Province province, IReadOnlyList<long> accounts)
{
    private const int WorksOfHundred = 70, ReturnsOfHundred = 4;

    private static readonly (string Queue, string[] Services)[] Wishes =
    [
        ("connection", ["new_supply_low", "new_supply_low", "charger", "more_capacity", "pause_supply"]), ("transfer", ["customer_data", "correct_name", "change_holder"]),
        ("repair", ["report_fault", "report_fault", "meter_test", "re_read", "meter_change"]), ("payment", ["larger_household", "tariff_change", "prepay"]),
    ];

    /// <summary>What a visitor of that queue service asks for; nothing where it is only a question.</summary>
    /// <returns>The fee to be paid for it; null: none.</returns>
    public async Task<DemoBill?> Ask(string clerk, string queue, CancellationToken ct)
    {
        if (Wishes.FirstOrDefault(w => w.Queue == queue).Services is not { } wishes || queue == "payment" && chance.Next(100) >= 4) return null;
        var service = services.Find(wishes[chance.Next(wishes.Length)])!;
        var version = service.Versions[^1];
        var isNew = service.About == ServiceAbout.Anybody;
        if (!isNew && accounts.Count == 0) return null;
        var account = isNew ? null : AccountNumber.Of(accounts[chance.Next(accounts.Count)]);
        var applicant = isNew ? new CustomerFields(CustomerKind.Person, province.People.Name(chance), null, MadeUpPeople.Phone(chance.Next(5_000_000, 6_000_000)), true) : null;
        var data = version.Fields.Where(f => f.IsNeeded || f.From is null && chance.Next(2) == 0).ToDictionary(f => f.Code, Answer);
        var isCompany = account is not null && await actors.Read(db => db.BillingAccounts.Where(a => a.Number == account).Join(db.Customers, a => a.CustomerId, c => c.Id, (_, c) => c.Kind).SingleAsync(ct), ct) == CustomerKind.Organisation;
        var who = new HashSet<ApplicantCase> { isCompany ? ApplicantCase.Company : ApplicantCase.Person };
        var papers = version.Papers.Where(p => p.IsFor(who) && (p.IsNeeded || chance.Next(3) == 0)).Select(p => p.Code).ToList();
        // Some customers ask for what is so already, or for what is being done: the clerk says so, and they go.
        AcceptOrder.Accepted? taken = null;
        await Refusals.Catch(async () => taken = await actors.As(clerk, (AcceptOrder accept) => accept.Handle(new(Guid.CreateVersion7(), service.Code, account, null, applicant, data, papers), ct)));
        if (taken is not { FeeFen: > 0 }) return null;
        var number = taken.AccountNumber;
        return new(await actors.Read(db => db.BillingAccounts.Where(a => a.Number == number).Select(a => a.Id).SingleAsync(ct), ct), taken.FeeFen);
    }

    private string Answer(FormField field) => field.Kind switch
    {
        FieldKind.Choice => field.Choices[chance.Next(field.Choices.Count)].Value,
        FieldKind.Tick => "true",
        FieldKind.Whole or FieldKind.Number or FieldKind.Money => ((int)(field.Least ?? 0) + chance.Next(1, 8)).ToString(System.Globalization.CultureInfo.InvariantCulture),
        FieldKind.Date => Shown.Text(DateOnly.FromDateTime(Shown.Local(actors.Now))),
        FieldKind.Name => province.People.Name(chance),
        FieldKind.Phone => MadeUpPeople.Phone(chance.Next(6_000_000, 7_000_000)),
        FieldKind.Address => province.People.Address(chance, province.CityShort),
        FieldKind.Tariff => "power.zhejiang.resident",
        FieldKind.Meter => FormattableString.Invariant($"DX{chance.Next(10_000_000, 100_000_000)}"),
        FieldKind.Paper => "",
        _ => province.Words["order_said"],
    };

    /// <summary>The hall's people of the stages do a part of what waits for them; now and then something is returned.</summary>
    public async Task WorkLists(Guid hallId, IReadOnlyList<Province.Person> staff, CancellationToken ct)
    {
        var open = await actors.Read(db => db.ServiceOrders.Where(o => o.HallId == hallId && o.State == OrderState.Acknowledged).OrderBy(o => o.Number).ToListAsync(ct), ct);
        foreach (var order in open)
        {
            if (chance.Next(100) >= WorksOfHundred || staff.FirstOrDefault(p => p.Posts.Any(post => order.Posts.Contains($" {post} ", StringComparison.Ordinal))) is not { } worker) continue;
            await Do(order, worker.Number, ct);
        }
    }

    private async Task Do(ServiceOrder order, string worker, CancellationToken ct)
    {
        await actors.As(worker, (MoveOrder move) => move.Handle(new(Guid.CreateVersion7(), order.Number, OrderAction.Claim), ct));
        if (chance.Next(100) < ReturnsOfHundred)
        {
            await actors.As(worker, (MoveOrder move) => move.Handle(new(Guid.CreateVersion7(), order.Number, OrderAction.Return, province.Words["order_returned"]), ct));
            return;
        }

        var stage = services.Find(order.Service)!.Of(order.Version)!.Stage(order.Stage)!;
        var data = stage.Fields.ToDictionary(f => f.Code, Answer);
        if (data.ContainsKey("finding")) data["finding"] = "good";
        if (data.ContainsKey("correction")) data["correction"] = "";
        foreach (var register in new[] { "final_reading", "old_reading", "kwh" }.Where(data.ContainsKey)) data[register] = await Register(order.AccountId!.Value, ct);
        if (data.ContainsKey("digits")) (data["digits"], data["first_reading"]) = ("6", "0");
        foreach (var band in new[] { "peak", "flat", "valley" }) data.Remove(band);
        // An unpaid fee, or a bill that has to come first: it stays in work.
        await Refusals.Catch(() => actors.As(worker, (FinishStage finish) => finish.Handle(new(Guid.CreateVersion7(), order.Number, stage.Code, data), ct)));
    }

    private Task<string> Register(long account, CancellationToken ct) => actors.Read(async db =>
    {
        var bucket = Books.BucketOf(account);
        var last = await db.MeterReadings.Where(r => r.Bucket == bucket && r.AccountId == account).OrderByDescending(r => r.ReadOn).ThenByDescending(r => r.Revision).FirstOrDefaultAsync(ct);
        return (((last?.TotalWh ?? 0) + chance.Next(20, 90) * 1000L) / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }, ct);
}
