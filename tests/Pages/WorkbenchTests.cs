using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Pages;

/// <summary>The clerk's day in a real browser: keyboard alone, typing ahead, double Enter, a cut line, blind count.</summary>
[Collection("browser")]
public class WorkbenchTests(OpenBrowser browser) : IAsyncLifetime
{
    private TestHall _hall = null!;
    private MoneyHall _money = null!;
    private WatchedPage _page = null!;
    private Guid _clerkId;

    public async ValueTask InitializeAsync()
    {
        _hall = await BothDatabasesAttribute.OnSqlite();
        _money = await MoneyHall.Open(_hall);
        var clerk = await _hall.HasStaff("C900", "clerk", _money.HallId, "/zj/xh01/");
        _clerkId = clerk.Id;
        await _money.IssueBook(clerk.Id);
        _page = await SignedIn("C900");
    }

    private async Task<WatchedPage> SignedIn(string number, bool english = false, string theme = "light")
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = (await _hall.Start()).ToString(), Locale = "en-US", ViewportSize = new() { Width = 1366, Height = 768 } });
        var cookies = new List<Cookie> { new() { Name = "theme", Value = theme, Url = (await _hall.Start()).ToString() } };
        if (english) cookies.Add(new() { Name = ".AspNetCore.Culture", Value = "c%3Dzh-CN%7Cuic%3Den", Url = (await _hall.Start()).ToString() });
        await context.AddCookiesAsync(cookies);
        var page = new WatchedPage(await context.NewPageAsync());
        await page.Page.GotoAsync("/signin");
        await page.Page.FillAsync("[name=StaffNumber]", number);
        await page.Page.FillAsync("[name=Password]", StaffInTests.Password);
        await page.Page.PressAsync("[name=Password]", "Enter");
        await page.Page.Arrives("^(?!.*/signin)");
        return page;
    }

    /// <summary>Opens the till by the page: two hundreds, a fifty; the number read off the paper.</summary>
    private async Task OpenShift()
    {
        await _page.Go("/shift");
        await _page.Page.FillAsync("[name='Pieces[10000]']", "2");
        await _page.Page.FillAsync("[name='Pieces[5000]']", "1");
        await _page.Page.FillAsync("#open [name=NextReceipt]", "1");
        Assert.Equal("200.00", await _page.Page.TextContentAsync("tr:has([name='Pieces[10000]']) [data-worth]"));
        await _page.Shot("shift-open");
        await _page.Page.PressAsync("#open [name=NextReceipt]", "Enter");
        await _page.Page.WaitForSelectorAsync("[data-workbench]");
    }

    private async Task Find(string number)
    {
        var page = _page.Page;
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.TypeAsync(number);
        await page.Keyboard.PressAsync("Enter");
    }

    [Fact]
    public async Task A_whole_payment_by_keyboard_alone_and_back_to_the_search()
    {
        var account = await _money.AccountWithSearch("王小明", "13812345678", [45_67, 120_00]);
        await OpenShift();
        await _page.Shot("workbench-empty");
        await Find(account.AccountNumber);
        // Typed ahead of the network: the cursor is in cash at once.
        await _page.Page.Keyboard.TypeAsync("200");
        await _page.Page.WaitForFunctionAsync("() => document.querySelector('[data-sum]').textContent === '¥165.67'");
        Assert.Equal("¥34.30", await _page.Page.TextContentAsync("[data-change-due]"));
        await _page.Shot("workbench-customer");
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal("find", await _page.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal("/receipt/SJ00000001/slip", await _page.Page.EvaluateAsync<string>("() => document.body.dataset.lastPrinted"));
        // The number she compares with the sheet on top is the one after.
        Assert.Equal("SJ00000002", await _page.Page.TextContentAsync("#next-receipt"));
        await _page.Shot("workbench-paid");
        Assert.Equal(1, await _hall.Read(db => db.Receipts.CountAsync()));
        Assert.Equal(3, await _money.Balance(account.AccountId));
        Assert.Empty(_page.Complaints);
        Assert.Empty(await _page.SeriousFindings());
    }

    [Fact]
    public async Task A_code_alone_pays_the_rest_and_an_unknown_answer_is_told_and_then_the_truth()
    {
        var account = await _money.AccountWithSearch("李雷", "13812340000", [88_00]);
        await OpenShift();
        await Find(account.AccountNumber);
        await _page.Page.WaitForSelectorAsync("[data-account]");
        await _page.Page.Keyboard.PressAsync("F7");
        await _page.Page.WaitForFunctionAsync("() => document.activeElement.name === 'Code'");
        await _page.Page.Keyboard.TypeAsync("134567890123456702");
        await _page.Shot("workbench-code");
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.WaitForSelectorAsync("[data-paid=pending]");
        await _page.Shot("workbench-unknown");
        Assert.False(await _hall.Read(db => db.Receipts.AnyAsync()));
        await _page.Page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal(1, await _hall.Read(db => db.Receipts.CountAsync()));
    }

    [Fact]
    public async Task A_cut_of_the_network_says_unknown_then_the_truth_and_books_once()
    {
        var account = await _money.AccountWithSearch("韩梅", "13812340001", [50_00]);
        await OpenShift();
        await Find(account.AccountNumber);
        await _page.Page.WaitForSelectorAsync("[data-account]");
        await _page.Page.Keyboard.TypeAsync("50");
        var cut = true;
        await _page.Page.RouteAsync("**/workbench/pay", async route =>
        {
            if (!cut) { await route.ContinueAsync(); return; }
            // The server has booked it, but the answer is lost.
            cut = false;
            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        });
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal(1, await _hall.Read(db => db.Payments.CountAsync()));
        Assert.Equal(0, await _money.Owing(account.AccountId));
    }

    [Fact]
    public async Task Short_cash_says_by_how_much_and_a_bill_paid_meanwhile_names_who()
    {
        var account = await _money.AccountWithSearch("赵敏", "13812340002", [50_00, 60_00]);
        var other = await _money.OpenTill();
        await OpenShift();
        await Find(account.AccountNumber);
        await _page.Page.WaitForSelectorAsync("[data-account]");
        await _page.Page.Keyboard.TypeAsync("100");
        Assert.Contains("10.00", await _page.Page.TextContentAsync("[data-change-due]"));
        await _page.Page.Keyboard.PressAsync("Enter");
        Assert.False(await _hall.Read(db => db.Payments.AnyAsync()));
        await MoneyHall.Pay(other, account.AccountId, 50_00, bills: MoneyHall.Bill(account.AccountId, 0));
        await _page.Page.FillAsync("#pay [name=Cash]", "110");
        await _page.Page.PressAsync("#pay [name=Cash]", "Enter");
        var refusal = await _page.Page.WaitForSelectorAsync("#pay [role=alert]");
        Assert.Contains("1 号窗口", await refusal!.TextContentAsync());
        await _page.Shot("workbench-refused");
        Assert.Equal("110", (await _page.Page.InputValueAsync("#pay [name=Cash]")).Replace(".00", ""));
    }

    [Fact]
    public async Task The_blind_count_shows_what_should_be_there_only_afterwards()
    {
        var account = await _money.AccountWithSearch("孙莉", "13812340003", [100_00]);
        await OpenShift();
        await Find(account.AccountNumber);
        await _page.Page.WaitForSelectorAsync("[data-account]");
        await _page.Page.Keyboard.TypeAsync("100");
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.WaitForSelectorAsync("[data-paid=done]");
        await _page.Go("/shift");
        Assert.DoesNotContain("350.00", await _page.Page.ContentAsync());
        await _page.Page.FillAsync("[name='Pieces[10000]']", "3");
        await _page.Page.FillAsync("[name='Pieces[5000]']", "1");
        await _page.Shot("shift-close");
        await _page.Page.ClickAsync("#close [type=submit]");
        await _page.Page.WaitForSelectorAsync(".stat-value");
        Assert.Contains("350.00", await _page.Page.ContentAsync());
        await _page.Shot("shift-closed");
        Assert.Equal(0, await _hall.Read(db => db.TillSessions.Select(t => t.DifferenceFen).SingleAsync()));
    }

    [Fact]
    public async Task Pages_of_money_are_looked_at_in_both_languages()
    {
        var account = await _money.AccountWithSearch("周婷", "13812340004", [45_67, 120_00, 88_30]);
        await OpenShift();
        await Find(account.AccountNumber);
        await _page.Page.WaitForSelectorAsync("[data-account]");
        await _page.Page.Keyboard.TypeAsync("300");
        await _page.Page.Keyboard.PressAsync("Enter");
        await _page.Page.WaitForSelectorAsync("[data-paid=done]");
        foreach (var (path, name) in new[] { ("/receipt/SJ00000001", "receipt"), ("/receipt/SJ00000001/slip", "receipt-slip"), ("/receipt/SJ00000001/a5", "receipt-a5") })
        {
            await _page.Go(path);
            await _page.Shot(name);
            Assert.Empty(await _page.BareKeys());
        }

        await _hall.HasStaff("M900", "duty_manager", _money.HallId, "/zj/xh01/");
        foreach (var english in new[] { false, true })
        {
            await using var lead = await SignedIn("M900", english);
            foreach (var path in new[] { "/settlement", "/vouchers", "/shift", "/" })
            {
                await lead.Go(path);
                await lead.Shot($"money-{path.Trim('/')}-{(english ? "en" : "zh")}");
                Assert.Empty(await lead.BareKeys());
                Assert.Equal(0, await lead.TooWide());
                Assert.Empty(await lead.SeriousFindings());
            }

            Assert.Empty(lead.Complaints);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        await _hall.DisposeAsync();
    }
}
