using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Billing;
using OpenHall.Customers;

namespace OpenHall.Tests.Pages;

/// <summary>Routes, their sheets, load curves and final bills in a real browser, in both languages.</summary>
[Collection("browser")]
public class ReadingPagesTests(OpenBrowser browser)
{
    private static int _meter;

    private async Task<OpenAccount.Opened> OpenAccount(string name, string tariff = "power.shanghai.resident-tou") => await browser.Hall.As("customers.open").Do((OpenAccount open) => open.Handle(new(
        Guid.CreateVersion7(), null, new(CustomerKind.Person, name, null, "13800138000", true),
        new($"RP{Interlocked.Increment(ref _meter):D6}", 6, 1, "江城市清河路128号3幢502室", tariff, Voltage.V220, 0, null, false, false, 8), "/zj/hz/h1/", new(2025, 12, 31), 0)));

    private static async Task Looked(WatchedPage page, string name, bool isEnglish = false)
    {
        await page.Shot("reading-" + name);
        var wrong = (await page.SeriousFindings()).Concat((await page.BareKeys()).Select(k => "no words for " + k)).Concat(page.Complaints).ToList();
        if (isEnglish) wrong.AddRange((await page.ChineseLabels()).Select(w => "not translated: " + w));
        if (await page.TooWide() is > 0 and var pixels) wrong.Add($"{pixels} px too wide");
        Assert.True(wrong.Count == 0, name + ":\n" + string.Join('\n', wrong));
    }

    private async Task ImportCurve(string account)
    {
        var file = new StringBuilder("account,date," + string.Join(',', Enumerable.Range(0, 96).Select(i => $"{i / 4:00}:{i % 4 * 15:00}")) + "\n");
        for (var day = new DateOnly(2026, 1, 1); day.Month == 1; day = day.AddDays(1))
            file.Append(CultureInfo.InvariantCulture, $"{account},{day:yyyy-MM-dd},").AppendJoin(',', Enumerable.Range(0, 96).Select(i => day.Day == 12 && i < 4 ? "" : (0.02m + i % 40 * 0.003m).ToString(CultureInfo.InvariantCulture))).Append('\n');
        var office = browser.Hall.As("readings.import");
        var id = await office.Do((ImportReadings import) => import.Handle(Guid.CreateVersion7(), "curve.csv", Encoding.UTF8.GetBytes(file.ToString())));
        await office.Do((ImportReadings import) => import.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id)));
    }

    [Fact]
    public async Task The_office_makes_a_route_and_the_counter_ends_an_account_for_the_next_customer()
    {
        var (one, two) = (await OpenAccount("清一"), await OpenAccount("清二", "power.beijing.resident"));
        await ImportCurve(one.AccountNumber);
        await using var page = await browser.Open("billing");
        await page.Go("/routes/cycles");
        await page.Page.ClickAsync("main [data-opens=cycle]");
        await page.Page.FillAsync("#cycle-form [name=Code]", "Q31");
        await page.Page.FillAsync("#cycle-form [name=Name]", "每月末");
        await page.Page.ClickAsync("#cycle-form button[type=submit]");
        await page.Page.WaitForSelectorAsync("td:text-is('Q31')");
        await Looked(page, "cycles");
        await page.Go("/routes");
        await page.Page.ClickAsync("main [data-opens=route]");
        await page.Page.FillAsync("#route-form [name=Code]", "QH01");
        await page.Page.FillAsync("#route-form [name=Name]", "清河路");
        await page.Shot("reading-new-route");
        await page.Page.ClickAsync("#route-form button[type=submit]");
        await page.Page.WaitForURLAsync("**/routes/*-*");
        await page.Page.ClickAsync("main [data-opens=add]");
        await page.Page.FillAsync("#add-form [name=Address]", "江城市清河路");
        await page.Page.ClickAsync("#add-form button[type=submit]");
        await page.Page.WaitForSelectorAsync($"td:text-is('{two.AccountNumber}')");
        await page.Go(new Uri(page.Page.Url).AbsolutePath + "?period=2026-01");
        await Looked(page, "route");
        var route = new Uri(page.Page.Url).AbsolutePath;
        await page.Go(route + "/sheet/print?period=2026-01");
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "reading-sheet-print.png"), FullPage = true });
        await page.Go($"/billrun?period=2026-01&part=r:{route.Split('/')[^1]}");
        await Looked(page, "run-of-route");
        await page.Go($"/account/{one.AccountNumber}/load?month=2026-01");
        await page.Page.WaitForSelectorAsync(".chart svg");
        await Looked(page, "load");
        await using var english = await browser.Open("billing", english: true);
        await english.Go("/routes/cycles");
        await Looked(english, "cycles-en", isEnglish: true);
        await english.Go("/routes");
        await Looked(english, "routes-en", isEnglish: true);
        await english.Go(route + "?period=2026-01");
        await english.Shot("reading-route-en");
        await english.Go($"/account/{one.AccountNumber}/load?month=2026-01");
        await english.Page.WaitForSelectorAsync(".chart svg");
        await english.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "reading-load-en.png"), FullPage = true });
        await Transfer(two);
    }

    private async Task Transfer(OpenAccount.Opened account)
    {
        await using var counter = await browser.Open(OpenBrowser.AtTheCounter);
        await counter.Go($"/account/{account.AccountNumber}/final");
        await counter.Page.FillAsync("#final [name=ReadOn]", "2026-01-20");
        await counter.Page.FillAsync("#final [name=Kwh]", "200");
        await counter.Page.ClickAsync("#final button[type=submit]");
        await counter.Page.WaitForSelectorAsync("#transfer");
        await Looked(counter, "final");
        await counter.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "reading-final-whole.png"), FullPage = true });
        await counter.Page.FillAsync("#transfer [name=Name]", "新来");
        await counter.Page.FillAsync("#transfer [name=Phone]", "13900139000");
        await counter.Page.CheckAsync("#transfer [name=HasConsented]");
        await counter.Page.ClickAsync("#transfer button[type=submit]");
        await counter.Page.WaitForURLAsync("**/account/" + account.AccountNumber);
        await Looked(counter, "ended");
        // 200 kWh at 0.4883.
        var bill = await browser.Hall.Read(db => db.CustomerBills.SingleAsync(b => b.Bucket == BillingAccount.BucketOf(account.AccountId) && b.AccountId == account.AccountId));
        Assert.Equal((BillState.Issued, 97_66L), (bill.State, bill.AmountFen));
        await counter.Go("/bill/" + bill.Number);
        await counter.Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, "reading-bill.png"), FullPage = true });
    }
}
