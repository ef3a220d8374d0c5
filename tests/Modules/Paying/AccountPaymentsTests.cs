using System.Net;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Modules.Paying;

public class AccountPaymentsTests
{
    [Theory, BothDatabases]
    public async Task The_account_page_tells_what_was_paid_and_leads_to_the_receipt(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var opened = await money.AccountWithSearch("王小明", "13800000000", 40_00, 60_00);
        var kept = await MoneyHall.Pay(clerk, opened.AccountId, 50_00, 40_00);
        hall.Clock.Advance(TimeSpan.FromMinutes(1));
        var back = await MoneyHall.Pay(clerk, opened.AccountId, 60_00, 60_00);
        await money.Reverse(clerk, opened.AccountId, back.PaymentId);

        var rows = await hall.As("receipts.see").Do((PaymentsOfAccount list) => list.Of(opened.AccountId));
        Assert.Equal([(back.ReceiptNumber, 60_00L, PaymentState.Reversed), (kept.ReceiptNumber, 40_00L, PaymentState.Confirmed)], rows.Select(r => (r.ReceiptNumber, r.AmountFen, r.State)));
        Assert.All(rows, r => Assert.Equal(("测试", TenderKind.Cash), (r.ClerkName, Assert.Single(r.Tenders))));
        Assert.Equal("account.not_found", (await Assert.ThrowsAsync<Refused>(() => hall.As("receipts.see").Within("/else/where/", DataScope.OwnUnit).Do((PaymentsOfAccount list) => list.Of(opened.AccountId)))).Code);

        await hall.HasStaff("A001", "manager", money.HallId);
        using var browser = await hall.SignedIn("A001");
        var page = await browser.Text("/account/" + opened.AccountNumber);
        Assert.Contains($"href=\"/receipt/{kept.ReceiptNumber}\"", page, StringComparison.Ordinal);
        Assert.Contains("已冲正", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task The_manager_counts_an_ill_clerks_drawer_on_a_page(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        await hall.HasStaff("D001", "duty_manager", money.HallId);
        using var browser = await hall.SignedIn("D001");
        Assert.Contains($"/settlement/close/{clerk.TillId}", await browser.Text("/settlement"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await browser.Text($"/settlement/close/{clerk.TillId}"));
        Assert.True(page.Contains("测试", StringComparison.Ordinal), page);
        Assert.DoesNotContain("216.60", page, StringComparison.Ordinal);
        var refused = await browser.Post($"/settlement/close/{clerk.TillId}", "/settlement/close", ("Pieces[10000]", "2"), ("Reason", "突发疾病"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("approval.needed", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var who = await hall.Staff("D001");
        await money.Approve(who.Id, new CloseTillFor.Command(Guid.CreateVersion7(), clerk.TillId, new Dictionary<int, int> { [10000] = 2 }, "突发疾病"), nameof(CloseTillFor), "tills.close_for_approve");
        var done = await browser.Post($"/settlement/close/{clerk.TillId}", "/settlement/close", ("Pieces[10000]", "2"), ("Reason", "突发疾病"));
        Assert.True(done.StatusCode == HttpStatusCode.Redirect, await done.Content.ReadAsStringAsync());
        Assert.Contains("突发疾病", WebUtility.HtmlDecode(await browser.Text("/settlement")), StringComparison.Ordinal);
        Assert.Equal(-16_60, await hall.Read(db => db.TillSessions.Select(t => t.DifferenceFen).SingleAsync()));
    }
}
