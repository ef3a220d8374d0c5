namespace OpenHall.Tests.Pages;

/// <summary>The counter as a clerk sees it with a customer before her (acceptance points 16, 17 of the pages).</summary>
[Collection("browser")]
public class CounterLookTests(OpenBrowser browser)
{
    [Theory, InlineData(false, "light"), InlineData(true, "dark")]
    public async Task With_a_customer_and_short_cash_everything_is_in_sight(bool english, string theme)
    {
        await using var page = await browser.Open(OpenBrowser.AtTheCounter, english, theme);
        await page.Go("/");
        await page.Page.Keyboard.PressAsync("F2");
        await page.Page.Keyboard.TypeAsync(browser.World.AccountNumbers[0]);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForSelectorAsync("#desk [data-bill-fen]");
        await page.Page.Keyboard.PressAsync("F4");
        await page.Page.Keyboard.TypeAsync("300");
        await page.Page.WaitForSelectorAsync("[data-change-due][data-short]");
        await page.Shot($"counter.{(english ? "en" : "zh")}");
        Assert.Empty(page.Complaints);
        Assert.Empty(await page.SeriousFindings());
        if (english) Assert.Empty(await page.ChineseLabels());
        foreach (var (width, height) in new[] { (1366, 768), (1920, 1080), (683, 384) })
        {
            await page.Page.SetViewportSizeAsync(width, height);
            Assert.Equal(0, await page.TooWide());
            if (width > 700) Assert.True(await page.Page.EvaluateAsync<bool>("() => { const r = document.querySelector('[data-needs-cover]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"));
        }
    }

    [Theory, InlineData(1366, 768), InlineData(1920, 1080)]
    public async Task With_a_dozen_bills_nothing_is_wider_than_the_window_and_the_button_stays_in_sight(int width, int height)
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, [.. Enumerable.Range(1, 12).Select(i => 2_345_67L * i)]))[0];
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.SetViewportSizeAsync(width, height);
        await page.Find(account.AccountNumber);
        await page.Lies(account.AccountNumber);
        await page.Keyboard.TypeAsync("200000");
        await clerk.Watched.Shot($"counter-12-bills.{width}");
        Assert.Equal(12, await page.Locator("#desk [data-bill-fen]").CountAsync());
        Assert.Equal(0, await clerk.Watched.TooWide());
        // No pane is wider than it may be, and no figure is cut.
        Assert.Empty(await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.pane, .desk-bills, [data-sum], [data-change-due]')].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className + ' ' + e.scrollWidth + '>' + e.clientWidth)"));
        Assert.True(await InSight(page, "#pay [data-needs-cover]"));
        Assert.True(await InSight(page, "#pay [name=Cash]"));
        Assert.True(await InSight(page, "[data-sum]"));
        // At 200 % all of it can be scrolled to.
        await page.SetViewportSizeAsync(width / 2, height / 2);
        Assert.Equal(0, await clerk.Watched.TooWide());
        foreach (var place in new[] { "#find", "#desk tbody tr:last-child input", "#pay [name=Cash]", "#pay [data-needs-cover]", "#queue-act [data-key=F8]" })
        {
            // In one go: the queue above may grow in between.
            await page.EvaluateAsync("s => document.querySelector(s).scrollIntoView({ block: 'center', behavior: 'instant' })", place);
            await page.WaitForFunctionAsync("s => { const e = document.querySelector(s), at = () => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth; }; if (!at()) e.scrollIntoView({ block: 'center' }); return at(); }", place);
        }
    }

    private static Task<bool> InSight(Microsoft.Playwright.IPage page, string selector) =>
        page.EvaluateAsync<bool>("s => { const r = document.querySelector(s).getBoundingClientRect(); return r.top >= 0 && r.left >= 0 && r.bottom <= innerHeight && r.right <= innerWidth; }", selector);
}
