using Microsoft.Playwright;

namespace OpenHall.Tests.Pages;

/// <summary>The hall's own screens, each at the size it hangs at: kiosk, TV, second screen, the customer's phone.</summary>
[Collection("browser")]
public class HallScreenTests(OpenBrowser browser)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Kiosk_gives_a_ticket_in_two_touches_on_large_targets_without_scroll(bool english)
    {
        await using var page = await browser.Open(english: english, width: 1080, height: 1920);
        await page.Go("/kiosk/" + browser.World.Place.Kiosk);
        await Check(page, "kiosk", english);
        await page.Page.ClickAsync(".kiosk-services a >> nth=0");
        await page.Page.WaitForURLAsync("**/take/**");
        await Check(page, "kiosk-take", english);
        await page.Page.ClickAsync("main .act >> nth=0");
        await page.Page.WaitForURLAsync("**/ticket/**");
        await Check(page, "kiosk-ticket", english);
    }

    [Theory, InlineData("take"), InlineData("ticket")]
    public async Task A_kiosk_that_is_left_alone_goes_back_to_its_start(string where)
    {
        await using var page = await browser.Open(width: 1080, height: 1920);
        await page.Page.Clock.InstallAsync();
        await page.Go("/kiosk/" + browser.World.Place.Kiosk);
        await page.Page.ClickAsync(".kiosk-services a >> nth=0");
        await page.Page.WaitForURLAsync("**/take/**");
        if (where == "ticket")
        {
            await page.Page.ClickAsync("main .act >> nth=0");
            await page.Page.WaitForURLAsync("**/ticket/**");
        }

        await page.Page.WaitForFunctionAsync("() => window.htmx !== undefined");
        // A touch begins the quarter of a minute anew.
        await page.Page.Clock.RunForAsync(8_000);
        await page.Page.DispatchEventAsync("h1", "pointerdown");
        await page.Page.Clock.RunForAsync(9_000);
        Assert.Contains($"/{where}/", page.Page.Url);
        await page.Page.Clock.RunForAsync(7_000);
        await page.Page.WaitForURLAsync(url => url.EndsWith("/kiosk/" + browser.World.Place.Kiosk, StringComparison.Ordinal) || url.Contains("back=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_board_shows_everything_at_once()
    {
        await using var page = await browser.Open(width: 1920, height: 1080);
        await page.Go("/board/" + browser.World.Place.Board);
        await Check(page, "board", false, targets: 0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_second_screen_fits(bool english)
    {
        await using var page = await browser.Open(english: english, width: 1280, height: 800);
        await page.Go("/screen/" + browser.World.Place.Screen);
        await Check(page, "screen", english, targets: 0);
    }

    /// <param name="targets">Pixels that every target has at least, both ways.</param>
    private static async Task Check(WatchedPage page, string name, bool english, int targets = 88)
    {
        await page.Shot($"{name}.{(english ? "en" : "zh")}");
        var wrong = new List<string>(page.Complaints);
        wrong.AddRange(await page.SeriousFindings());
        wrong.AddRange((await page.BareKeys()).Select(k => "no words for " + k));
        if (english) wrong.AddRange((await page.ChineseLabels()).Select(l => "not translated: " + l));
        var scroll = await page.Page.EvaluateAsync<int[]>("() => { const r = document.documentElement; return [r.scrollWidth - innerWidth, r.scrollHeight - innerHeight]; }");
        if (scroll[0] > 0 || scroll[1] > 0) wrong.Add($"scrolls by {scroll[0]}, {scroll[1]} px");
        if (targets > 0)
        {
            var small = await page.Page.EvaluateAsync<string[]>(
                "least => [...document.querySelectorAll('a[href], button')].filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width < least || r.height < least).map(([e, r]) => `${e.textContent.trim()} ${Math.round(r.width)}×${Math.round(r.height)}`)",
                targets);
            wrong.AddRange(small.Select(s => "too small: " + s));
        }

        Assert.True(wrong.Count == 0, name + ":\n" + string.Join('\n', wrong));
    }
}
