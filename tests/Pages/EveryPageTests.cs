namespace OpenHall.Tests.Pages;

/// <summary>What holds for every page of every post's menu, in both languages (acceptance points 16, 17, 19 of the pages).</summary>
[Collection("browser")]
public class EveryPageTests(OpenBrowser browser)
{
    public static IEnumerable<TheoryDataRow<bool>> Languages => [new(false), new(true)];

    [Theory, MemberData(nameof(Languages))]
    public async Task Every_menu_page_is_clean_named_translated_and_fits(bool english)
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>();
        foreach (var post in browser.Posts)
        {
            await using var page = await browser.Open(post, english);
            await page.Go(OpenBrowser.AnyPage);
            foreach (var path in await MenuOf(page))
            {
                if (!seen.Add(path)) continue;
                wrong.AddRange((await WrongOn(page, post, path, english)).Select(w => $"{post} {path}: {w}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_menu_page_is_readable_in_the_dark()
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>();
        foreach (var post in browser.Posts)
        {
            await using var page = await browser.Open(post, theme: "dark");
            await page.Go(OpenBrowser.AnyPage);
            foreach (var path in (await MenuOf(page)).Where(seen.Add))
            {
                await page.Go(path);
                await page.Shot(Name(path, "dark"));
                wrong.AddRange((await page.SeriousFindings()).Select(f => $"{post} {path}: {f}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<IReadOnlyList<string>> MenuOf(WatchedPage page) =>
        await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#menu a')].map(a => a.getAttribute('href'))");

    private static async Task<IReadOnlyList<string>> WrongOn(WatchedPage page, string post, string path, bool english)
    {
        var wrong = new List<string>();
        page.Complaints.Clear();
        var answer = await page.Page.GotoAsync(path);
        if (answer!.Status >= 400) return [$"answered {answer.Status}"];
        await page.Page.WaitForFunctionAsync("() => window.htmx !== undefined");
        await page.Shot(Name(path, english ? "en" : "zh"));
        wrong.AddRange(page.Complaints);
        wrong.AddRange(await page.SeriousFindings());
        wrong.AddRange((await page.BareKeys()).Select(k => "no words for " + k));
        if (english) wrong.AddRange((await page.ChineseLabels()).Select(l => "not translated: " + l));
        if (await page.Page.EvaluateAsync<string>("() => document.documentElement.lang") != (english ? "en" : "zh-CN")) wrong.Add("lang is wrong");
        if (await page.Page.Locator("h1:not(dialog h1)").CountAsync() != 1) wrong.Add("one h1 is asked for");
        // A window of 1366, a large one, and the small one zoomed to 200 %.
        foreach (var (width, height) in new[] { (1366, 768), (1920, 1080), (683, 384) })
        {
            await page.Page.SetViewportSizeAsync(width, height);
            if (await page.TooWide() is > 0 and var pixels) wrong.Add($"{pixels} px too wide at {width}");
        }

        await page.Page.SetViewportSizeAsync(1366, 768);
        return wrong;
    }

    private static string Name(string path, string kind) => $"{(path == "/" ? "start" : path.Trim('/').Replace('/', '-'))}.{kind}";
}
