using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Tests.Pages;

/// <summary>Customers, bills, readings and bill runs in a real browser: what the billing clerk and the counter do with them.</summary>
[Collection("browser")]
public class BillingPagesTests(OpenBrowser browser)
{
    private static int _meter;

    private async Task<OpenAccount.Opened> OpenAccount(string name, string tariff = "power.beijing.resident", short persons = 0, string? quota = null, int multiplier = 1) =>
        await browser.Hall.As("customers.open").Do((OpenAccount open) => open.Handle(new(
            Guid.CreateVersion7(), null, new(CustomerKind.Person, name, "110101199003070011"[..17] + ResidentCheck("11010119900307001"), "13800138000", true),
            new($"PG{Interlocked.Increment(ref _meter):D6}", 6, multiplier, "江城市东湖区文三路128号3幢502室", tariff, Voltage.V220, persons, quota, false, false), "/zj/hz/h1/", new(2025, 12, 31), 1_000_000)));

    private static char ResidentCheck(string digits)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[digits.Select((d, i) => (d - '0') * weights[i]).Sum() % 11];
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes("户号,抄表日期,示数\r\n" + string.Join("\r\n", lines) + "\r\n");

    private static async Task Looked(WatchedPage page, string name)
    {
        await page.Shot("billing-" + name);
        var wrong = (await page.SeriousFindings()).Concat((await page.BareKeys()).Select(k => "no words for " + k)).Concat(page.Complaints).ToList();
        if (await page.TooWide() is > 0 and var pixels) wrong.Add($"{pixels} px too wide");
        Assert.True(wrong.Count == 0, name + ":\n" + string.Join('\n', wrong));
    }

    /// <summary>The worker in the background is off in tests: the run is carried on here, and the page follows by itself.</summary>
    private async Task CarryOn(WatchedPage page)
    {
        await browser.Hall.As("bills.run", "bills.release").Do((BillRunSteps steps) => steps.Continue(Guid.Parse(page.Page.Url.Split('/')[^1])));
    }

    [Fact]
    public async Task The_billing_clerk_imports_readings_runs_the_month_and_the_counter_explains_a_bill()
    {
        var account = await OpenAccount("张晓明", persons: 6, quota: "low-income");
        var other = await OpenAccount("欧阳兰");
        var unread = await OpenAccount("单文");
        Assert.NotNull(unread);
        await using var page = await browser.Open("billing");
        await page.Go("/readings/import");
        await Looked(page, "import");
        await page.Page.SetInputFilesAsync("[name=File]", new[] { new Microsoft.Playwright.FilePayload { Name = "wrong.csv", MimeType = "text/csv", Buffer = Csv("1,2026-01-31,5", $"{other.AccountNumber},2026-01-31,900", $"{account.AccountNumber},31.1.2026,=1") } });
        await page.Page.ClickAsync("#import button[type=submit]");
        await page.Page.WaitForURLAsync("**/readings/import/*-*");
        await page.Page.WaitForFunctionAsync("() => window.htmx !== undefined");
        Assert.Contains("3", await page.Page.InnerTextAsync(".stat.bad"));
        await Looked(page, "import-wrong");

        await page.Go("/readings/import");
        await page.Page.SetInputFilesAsync("[name=File]", new[] { new Microsoft.Playwright.FilePayload { Name = "readings.csv", MimeType = "text/csv", Buffer = Csv($"{account.AccountNumber},2026-01-31,4315", $"{other.AccountNumber},2026-01-31,1250.5") } });
        await page.Page.ClickAsync("#import button[type=submit]");
        await page.Page.WaitForURLAsync("**/readings/import/*-*");
        await page.Page.WaitForSelectorAsync("#confirm");
        await Looked(page, "import-checked");
        await page.Page.ClickAsync("#confirm button[type=submit]");
        await page.Page.WaitForSelectorAsync(".note.good");
        await page.Go("/readings");
        await Looked(page, "readings");

        await page.Go("/billrun?period=2026-01");
        await Looked(page, "runs");
        await page.Page.ClickAsync("#start button[type=submit]");
        await page.Page.WaitForURLAsync("**/billrun/*-*");
        await CarryOn(page);
        await page.Page.WaitForSelectorAsync("#release");
        await Looked(page, "run-rated");
        await page.Page.ClickAsync("#release button[type=submit]");
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('#release')");
        await CarryOn(page);
        await page.Page.WaitForSelectorAsync(".badge.good");
        await Looked(page, "run-released");

        // Seven weeks later the bill is overdue; who was signed in is so no longer.
        var then = browser.Hall.Clock.UtcNow;
        await browser.Hall.HasStaff("LATE", "clerk");
        browser.Hall.Clock.SetTo(new DateTime(2026, 5, 20, 2, 0, 0, DateTimeKind.Utc));
        try
        {
            await Explain(account, other);
        }
        finally
        {
            browser.Hall.Clock.SetTo(then);
        }
    }

    private async Task Explain(OpenAccount.Opened account, OpenAccount.Opened other)
    {
        await using var counter = await browser.Open();
        await counter.Go("/signin");
        await counter.Page.FillAsync("[name=StaffNumber]", "LATE");
        await counter.Page.FillAsync("[name=Password]", StaffInTests.Password);
        await counter.Page.PressAsync("[name=Password]", "Enter");
        await counter.Page.Arrives("^(?!.*/signin)");
        counter.Complaints.Clear();
        var bill = await browser.Hall.Read(db => db.CustomerBills.SingleAsync(b => b.Bucket == BillingAccount.BucketOf(account.AccountId) && b.AccountId == account.AccountId));
        Assert.Equal(BillState.Issued, bill.State);
        await counter.Go("/account/" + account.AccountNumber);
        await Looked(counter, "account");
        await counter.Page.ClickAsync("[data-opens=enter]");
        await counter.Page.FillAsync("#enter-form [name=ReadOn]", "2026-02-28");
        await counter.Page.FillAsync("#enter-form [name=Kwh]", "12");
        await counter.Page.ClickAsync("#enter-form button[type=submit]");
        await counter.Page.WaitForSelectorAsync(".field-refusal");
        await counter.Shot("billing-enter-refused");
        counter.Complaints.Clear();
        await counter.Go("/bill/" + bill.Number);
        Assert.Contains("0.4883", await counter.Page.InnerTextAsync("main"));
        await Looked(counter, "bill");
        await counter.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "billing-bill-whole.png"), FullPage = true });
        await counter.Go($"/bill/{bill.Number}/print");
        var paper = await counter.Page.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(OpenBrowser.Shots, "billing-bill.pdf") });
        Assert.True(paper.Length > 1000);
        await counter.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "billing-bill-print.png"), FullPage = true });
        await counter.Go("/whatif");
        await counter.Page.SelectOptionAsync("[name=tariff]", "power.beijing.resident");
        await counter.Page.FillAsync("[name=kwh]", "300");
        await counter.Page.FillAsync("[name=ytd]", "2800");
        await counter.Page.ClickAsync("main .act[type=submit]");
        // 80 kWh up to 2,880 of the year, 220 above: 39.06 + 118.43.
        await counter.Page.WaitForSelectorAsync("tfoot >> text=¥157.49");
        await Looked(counter, "whatif");
        await counter.Go($"/account/{account.AccountNumber}/compare");
        Assert.Contains("1,611.39", await counter.Page.InnerTextAsync("main"));
        await Looked(counter, "compare");
        await counter.Page.GotoAsync("/language/en?back=/account/" + other.AccountNumber);
        await counter.Shot("billing-account-en");
        await counter.Go("/bill/" + bill.Number);
        await counter.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "billing-bill-en.png"), FullPage = true });
    }

    /// <summary>A file that is not what its name says is refused beside its field; a real one is listed and comes back as it was.</summary>
    private static async Task AttachPapers(WatchedPage page)
    {
        var pdf = "%PDF-1.4 papers"u8.ToArray();
        await page.Page.SetInputFilesAsync("#attach [name=File]", new Microsoft.Playwright.FilePayload { Name = "申请表.png", MimeType = "image/png", Buffer = pdf });
        await page.Page.ClickAsync("#attach button[type=submit]");
        await page.Page.WaitForSelectorAsync("#attach .field-refusal");
        await page.Page.SetInputFilesAsync("#attach [name=File]", new Microsoft.Playwright.FilePayload { Name = "申请表.pdf", MimeType = "application/pdf", Buffer = pdf });
        await page.Page.ClickAsync("#attach button[type=submit]");
        var link = await page.Page.WaitForSelectorAsync(".files a");
        Assert.Equal("申请表.pdf", await link!.TextContentAsync());
        Assert.Equal(pdf, await (await page.Page.APIRequest.GetAsync((await link.GetAttributeAsync("href"))!)).BodyAsync());
        await page.Shot("billing-papers");
        page.Complaints.Clear();
    }

    [Fact]
    public async Task A_clerk_opens_an_account_with_all_mistakes_told_at_once_and_shows_the_full_data_for_a_reason()
    {
        await using var page = await browser.Open("clerk");
        await page.Go("/accounts/open");
        await Looked(page, "open");
        await page.Page.ClickAsync("#open button[type=submit]");
        await page.Page.WaitForSelectorAsync(".field-refusal");
        Assert.True(await page.Page.Locator(".field-refusal").CountAsync() >= 5);
        await page.Shot("billing-open-refused");
        await page.Page.FillAsync("[name=Name]", "司马文");
        await page.Page.FillAsync("[name=Phone]", "13912345678");
        await page.Page.CheckAsync("[name=HasConsented]");
        await page.Page.FillAsync("[name=Address]", "江城市南湖区人民路9号");
        await page.Page.FillAsync("[name=MeterNumber]", "OP000001");
        await page.Page.SelectOptionAsync("[name=TariffCode]", "power.guangdong.resident");
        await page.Page.ClickAsync("#open button[type=submit]");
        await page.Page.WaitForURLAsync("**/account/*");
        page.Complaints.Clear();
        await page.Go("/customers?q=smw");
        Assert.Contains("司*", await page.Page.InnerTextAsync("#accounts-body"));
        await Looked(page, "customers");
        var customer = await browser.Hall.Read(db => db.Customers.SingleAsync(c => c.Name == "司马文"));
        await page.Go("/customers/" + customer.Number);
        await Looked(page, "customer");
        await page.Page.ClickAsync("[data-opens=unmask]");
        await page.Page.FillAsync("#unmask-form [name=Reason]", "核对过户资料");
        await page.Page.ClickAsync("#unmask-form button[type=submit]");
        await page.Page.WaitForSelectorAsync("#full >> text=司马文");
        await page.Shot("billing-unmasked");
        await AttachPapers(page);
        await page.Go($"/customers/{customer.Number}/access");
        Assert.Contains("核对过户资料", await page.Page.InnerTextAsync("main"));
        await Looked(page, "access");
        await page.Go($"/customers/{customer.Number}/edit");
        await Looked(page, "edit");
    }
}
