using Microsoft.EntityFrameworkCore;
using OpenHall.Payments;

namespace OpenHall.Tests.Pages;

/// <summary>A line that is cut and heals (acceptance points 9, 12).</summary>
[Collection("browser")]
public class CutLineTests(OpenBrowser browser)
{
    [Fact]
    public async Task Cut_during_entry_nothing_typed_is_lost_and_confirming_works_after_it_without_reload()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 73_50, 20_00))[0];
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.EvaluateAsync("() => { window.isSamePage = true; }");
        await page.Find(account.AccountNumber);
        await page.Lies(account.AccountNumber);
        await page.Keyboard.TypeAsync("10");
        await page.Context.SetOfflineAsync(true);
        await page.WaitForSelectorAsync("[data-net]:not([hidden])");
        Assert.Contains("网络已断开", await page.Text("[data-net]"));
        await page.Keyboard.TypeAsync("0");
        Assert.Equal("¥6.50", await page.Text("[data-change-due]"));
        // What is known not to get through is not sent: it says why, and books nothing later by itself.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#pay [role=alert]");
        await clerk.Watched.Shot("workbench-cut");
        // The parts that live say how old they are once that is more than ten seconds.
        await page.WaitForFunctionAsync("() => document.querySelector('[data-net]').textContent.includes('数据截至')");
        await page.Context.SetOfflineAsync(false);
        await page.WaitForSelectorAsync("[data-net]", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
        Assert.Equal(0, await page.Locator("#pay [role=alert]").CountAsync());
        Assert.Equal("100", await page.InputValueAsync("#pay [name=Cash]"));
        Assert.Equal(0, await counter.Hall.Read(db => db.Payments.CountAsync(p => p.AccountId == account.AccountId)));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-paid=done]");
        Assert.True(await page.EvaluateAsync<bool>("() => window.isSamePage === true"));
        Assert.Equal(0, await counter.Money.Owing(account.AccountId));
    }

    [Fact]
    public async Task A_quiet_page_raises_no_alarm()
    {
        var counter = await browser.Counter;
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.Clock.InstallAsync();
        await clerk.Watched.Go("/");
        // Some parts ask every few seconds, others hardly ever: that is no cut.
        for (var i = 0; i < 4; i++)
        {
            await page.RunAndWaitForResponseAsync(() => page.Clock.RunForAsync(8_000), "**/queue/pane");
            await page.Clock.RunForAsync(1_000);
            Assert.False(await page.IsVisibleAsync("[data-net]"), await page.TextContentAsync("[data-net]"));
        }
    }

    [Fact]
    public async Task A_call_is_on_the_board_at_once()
    {
        var counter = await browser.Counter;
        await using var clerk = await counter.Clerk();
        await using var board = await counter.Board();
        var tries = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var number = await counter.OnlyTicket();
            tries.Add(await CallToBoard(clerk, board, number));
            await clerk.Page.QueueKey("F10");
            await clerk.Page.WaitForFunctionAsync("() => document.querySelector('#queue-now .queue-current.none')");
        }

        Slack.Holds("Call to board", 500, tries);
        Assert.Empty(board.Complaints);
    }

    [Fact]
    public async Task A_board_that_was_cut_says_so_and_is_right_soon_after_healing()
    {
        var counter = await browser.Counter;
        var number = await counter.OnlyTicket();
        await using var clerk = await counter.Clerk();
        await using var board = await counter.Board();
        var shown = await board.Page.InnerTextAsync(".board-call");
        await board.Page.Context.SetOfflineAsync(true);
        await board.Page.WaitForSelectorAsync(".board-cut:not([hidden])");
        Assert.Contains("连接中断", await board.Page.Text(".board-cut"));
        await board.Shot("board-cut");
        await clerk.Page.QueueKey("F8");
        await clerk.Page.WaitForFunctionAsync("n => document.querySelector('#queue-now .ticket-number')?.textContent === n", number);
        Assert.Equal(shown, await board.Page.InnerTextAsync(".board-call"));
        await board.Page.EvaluateAsync("n => { window.healed = new Promise(go => addEventListener('online', () => { const from = performance.now(); const look = () => document.querySelector('.board-last .no')?.textContent === n ? go(performance.now() - from) : requestAnimationFrame(look); look(); })); }", number);
        await board.Page.Context.SetOfflineAsync(false);
        Slack.Holds("Healed to right", 5000, [await board.Page.EvaluateAsync<double>("() => window.healed")]);
        await board.Page.WaitForSelectorAsync(".board-cut", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
    }

    /// <summary>From the clerk's F8 to the number on the board, both browsers on one clock.</summary>
    internal static async Task<double> CallToBoard(CounterHall.AtCounter clerk, WatchedPage board, string number)
    {
        await clerk.Page.EvaluateAsync("() => addEventListener('keydown', e => { window.pressedAt = performance.timeOrigin + e.timeStamp; }, { once: true, capture: true })");
        await board.Page.EvaluateAsync("""
            number => {
                window.shownAt = null;
                const seen = new MutationObserver(() => {
                    if (document.querySelector(".board-last .no")?.textContent !== number) return;
                    window.shownAt = performance.timeOrigin + performance.now();
                    seen.disconnect();
                });
                seen.observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """, number);
        await clerk.Page.QueueKey("F8");
        await board.Page.WaitForFunctionAsync("() => window.shownAt !== null");
        return await board.Page.EvaluateAsync<double>("() => window.shownAt") - await clerk.Page.EvaluateAsync<double>("() => window.pressedAt");
    }
}
