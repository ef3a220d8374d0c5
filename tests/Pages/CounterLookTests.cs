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
}
