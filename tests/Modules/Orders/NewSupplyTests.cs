using System.Net;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Orders;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Orders;

public class NewSupplyTests
{
    private static Dictionary<string, string> Asked(string box = "new") => new() { ["address"] = "望江市临江路 18 号 2 幢 301", ["tariff"] = "power.zhejiang.resident", ["voltage"] = "V220", ["kva"] = "8", ["meter_box"] = box };

    private static Dictionary<string, string> Fitted(string meter = "NB00000001") => new() { ["meter"] = meter, ["first_reading"] = "0.5", ["fitted_on"] = "2026-03-31", ["digits"] = "6", ["multiplier"] = "1" };

    private static Dictionary<string, string> Surveyed => new() { ["found"] = "ready", ["place"] = "一楼表箱" };

    [Theory, BothDatabases]
    public async Task From_the_application_to_the_meter_the_fee_is_paid_and_the_account_is_billed(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var order = await money.AcceptNew("new_supply_low", "李新", "13900139000", Asked(), "identity", "ownership");
        Assert.Equal((OrderState.Acknowledged, 120_00L), (order.State, order.FeeFen));
        var account = await hall.Read(db => db.BillingAccounts.SingleAsync(a => a.Number == order.AccountNumber));
        Assert.Equal(AccountState.Pending, account.State);

        var engineer = money.Engineer;
        await engineer.Does(order.Number, "survey", Surveyed);
        Assert.Equal("order.fee_unpaid", (await Assert.ThrowsAsync<Refused>(() => engineer.Does(order.Number, "fit", Fitted()))).Code);
        // The fee is a bill like any other: paid at the counter, with a receipt.
        var paid = await MoneyHall.Pay(clerk, account.Id, 120_00);
        Assert.NotNull(paid.ReceiptNumber);
        var done = await engineer.Do((FinishStage finish) => finish.Handle(new(Guid.CreateVersion7(), order.Number, "fit", Fitted())));
        Assert.Equal(OrderState.Completed, done.State);
        var point = await hall.Read(db => db.SupplyPoints.SingleAsync(p => p.AccountId == account.Id));
        Assert.Equal(("NB00000001", 8), (point.MeterNumber, point.ContractKva));
        Assert.Equal(500, await hall.Read(db => db.MeterReadings.Where(r => r.AccountId == account.Id && r.Bucket == account.Bucket).Select(r => r.TotalWh).SingleAsync()));
        Assert.Contains(await hall.Find("NB00000001"), h => h.AccountNumber == order.AccountNumber);

        // Months are billed as if there had been no fee.
        hall.Clock.SetTo(new DateTime(2026, 5, 2, 1, 0, 0, DateTimeKind.Utc));
        await hall.Read(new OpenAccount.Opened("", order.AccountNumber!, account.Id), new(2026, 4, 30), 100.5m);
        await hall.Bill(202604);
        var bill = (await hall.Bills()).Single(b => b.AccountId == account.Id && !b.IsFee);
        Assert.Equal((202604, 100_000L), (bill.Period, bill.UsageWh));
        // Told at acceptance, after the survey, at the end.
        Assert.Equal(3, await hall.Read(db => db.OutboxMessages.CountAsync(m => m.Topic == "order.told" && m.Recipient == "13900139000")));
        await hall.AssertClean();
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Cancelled_before_the_meter_an_unpaid_fee_is_withdrawn_and_the_number_given_up(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var order = await money.AcceptNew("new_supply_low", "李新", "13900139000", Asked(), "identity", "ownership");
        Assert.Equal(OrderState.Cancelled, await money.Taker.Moves(order.Number, OrderAction.Cancel, "客户不装了"));
        Assert.Equal(AccountState.Closed, await hall.Read(db => db.BillingAccounts.Where(a => a.Number == order.AccountNumber).Select(a => a.State).SingleAsync()));
        Assert.Equal(BillState.Cancelled, (await hall.Bills()).Single().State);
        Assert.Equal("order.move_not_allowed", (await Assert.ThrowsAsync<Refused>(() => money.Engineer.Moves(order.Number, OrderAction.Claim))).Code);
        await hall.AssertClean();
    }

    [Theory, BothDatabases]
    public async Task Cancelled_after_the_fee_was_paid_the_money_is_on_the_customers_balance(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var order = await money.AcceptNew("new_supply_low", "李新", "13900139000", Asked(), "identity", "ownership");
        var id = await hall.Read(db => db.BillingAccounts.Where(a => a.Number == order.AccountNumber).Select(a => a.Id).SingleAsync());
        await MoneyHall.Pay(clerk, id, 120_00);
        await money.Taker.Moves(order.Number, OrderAction.Cancel, "客户不装了");
        Assert.Equal(120_00, await money.Balance(id));
        Assert.Equal(0, await money.Owing(id));
        await hall.AssertClean();
        await money.AssertBooksAgree();
        // A fee is no month's, wherever it is named.
        await hall.HasStaff("B001", "billing", money.HallId);
        using var browser = await hall.SignedIn("B001");
        var number = (await hall.Bills()).Single(b => b.AccountId == id).Number;
        foreach (var page in new[] { "/account/" + order.AccountNumber, "/bill/" + number, $"/bill/{number}/print", "/charges?period=202613" })
        {
            var text = WebUtility.HtmlDecode(await browser.Text(page));
            Assert.Contains("业务费 2026-1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("2026-13", text, StringComparison.Ordinal);
        }
    }

    [Theory, BothDatabases]
    public async Task All_that_is_missing_is_told_at_once_each_beside_its_field(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var refused = await Assert.ThrowsAsync<Refused>(() => money.Taker.Do((AcceptOrder accept) => accept.Handle(new(
            Guid.CreateVersion7(), "new_supply_low", null, null, new(CustomerKind.Person, "李新", null, "123", true), new Dictionary<string, string> { ["kva"] = "500" }, ["ownership"], "王代办", "1"))));
        Assert.Equal(["Phone", "AgentPaper", "paper_identity", "paper_letter", "address", "tariff", "voltage", "kva"], refused.All.Select(r => r.Field));
        Assert.Equal(0, await hall.Read(db => db.ServiceOrders.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task Sent_twice_it_is_accepted_once_and_numbers_have_no_gaps(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var taker = money.Taker;
        var command = new AcceptOrder.Command(Guid.CreateVersion7(), "new_supply_low", null, null, new(CustomerKind.Person, "李新", null, "13900139000", true), Asked("none"), ["identity", "ownership"]);
        var both = await Task.WhenAll(taker.Do((AcceptOrder accept) => accept.Handle(command)), taker.Do((AcceptOrder accept) => accept.Handle(command)));
        Assert.Equal(both[0], both[1]);
        await money.AcceptNew("new_supply_low", "李新二", "13900139001", Asked("none"), "identity", "ownership");
        Assert.Equal(["W2026033100001", "W2026033100002"], await hall.Read(db => db.ServiceOrders.OrderBy(o => o.Number).Select(o => o.Number).ToListAsync()));
    }
}
