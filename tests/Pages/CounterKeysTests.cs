using Microsoft.EntityFrameworkCore;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Tests.Pages;

/// <summary>Hands that are faster than the network: keys alone, scanners, typing ahead, Chinese input, pressing twice (acceptance points 6, 7, 8, 11, 23, 24).</summary>
[Collection("browser")]
public class CounterKeysTests(OpenBrowser browser)
{
    /// <summary>A slow line: every request is that long on its way.</summary>
    private const int SlowLineMs = 150;

    [Fact]
    public async Task A_whole_payment_from_calling_to_the_receipt_by_keyboard_alone()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 45_67, 120_00))[0];
        var number = await counter.OnlyTicket();
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.Keyboard.PressAsync("F8");
        await page.WaitForFunctionAsync("n => document.querySelector('#queue-now .ticket-number')?.textContent === n", number);
        await page.Find(account.AccountNumber);
        await page.Keyboard.TypeAsync("200");
        await page.Lies(account.AccountNumber);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal("find", await page.Focused());
        var receipt = await page.GetAttributeAsync("[data-paid=done]", "data-receipt");
        Assert.Equal($"{receipt![..2]}{int.Parse(receipt[2..], System.Globalization.CultureInfo.InvariantCulture) + 1:00000000}", await page.Text("#next-receipt"));
        Assert.Equal($"/receipt/{receipt}/slip", await page.EvaluateAsync<string>("() => document.body.dataset.lastPrinted"));
        Assert.Equal(VisitState.Open, await counter.Hall.Read(db => db.Visits.Where(v => v.Number == number).Select(v => v.State).SingleAsync()));
        Assert.Equal(1, await counter.Hall.Read(db => db.Payments.CountAsync(p => p.AccountId == account.AccountId)));
        Assert.Empty(clerk.Watched.Complaints);
    }

    [Theory, InlineData(0), InlineData(SlowLineMs)]
    public async Task Twenty_scans_find_twenty_right_customers(int roundTripMs)
    {
        var counter = await browser.Counter;
        var accounts = await counter.Accounts(20, 50_00);
        await using var clerk = await counter.Clerk();
        await clerk.Page.RoundTrip(roundTripMs);
        foreach (var account in accounts)
        {
            await clerk.Page.Find(account.AccountNumber, 5);
            await clerk.Page.Lies(account.AccountNumber);
            Assert.Equal(1, await clerk.Page.Locator("#desk [data-account]").CountAsync());
        }

        // One over the other without waiting: the last one lies there, and stays.
        foreach (var account in accounts) await clerk.Page.Find(account.AccountNumber, 5);
        await clerk.Page.Lies(accounts[^1].AccountNumber);
        await clerk.Page.WaitForLoadStateAsync(Microsoft.Playwright.LoadState.NetworkIdle);
        Assert.Equal(accounts[^1].AccountNumber, await clerk.Page.GetAttributeAsync("#desk [data-account]", "data-account"));
        Assert.Empty(clerk.Watched.Complaints);
    }

    [Fact]
    public async Task A_number_typed_while_the_one_before_is_still_asked_keeps_every_digit()
    {
        var counter = await browser.Counter;
        var accounts = await counter.Accounts(2, 50_00);
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        // The first customer's answer never comes: she is asked for and given up.
        var first = true;
        await page.RouteAsync("**/workbench/hits", async route =>
        {
            if (first) await route.AbortAsync("aborted"); else await route.ContinueAsync();
        });
        await page.Find(accounts[0].AccountNumber);
        await page.Keyboard.PressAsync("F2");
        first = false;
        var (half, rest) = (accounts[1].AccountNumber[..^3], accounts[1].AccountNumber[^3..]);
        await page.Keyboard.TypeAsync(half);
        await page.WaitForSelectorAsync($"#hits [data-query='{half}']");
        // What waits its turn behind the answer has had it.
        await page.EvaluateAsync("() => new Promise(done => setTimeout(done))");
        await page.Keyboard.TypeAsync(rest);
        Assert.Equal(accounts[1].AccountNumber, await page.InputValueAsync("#find"));
        await page.Keyboard.PressAsync("Enter");
        await page.Lies(accounts[1].AccountNumber);
    }

    [Fact]
    public async Task Twenty_amounts_typed_ahead_on_a_slow_line_keep_every_digit()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 88_80))[0];
        await using var clerk = await counter.Clerk();
        await clerk.Page.RoundTrip(SlowLineMs);
        for (var i = 0; i < 20; i++)
        {
            var givenFen = 100_00L + i * 5_31_0;
            await clerk.Page.Find(account.AccountNumber, 5);
            var typed = Written(givenFen).Replace(",", "");
            await clerk.Page.Keyboard.TypeAsync(typed, new() { Delay = 15 });
            await clerk.Page.Lies(account.AccountNumber);
            await clerk.Page.WaitForFunctionAsync("change => document.querySelector('[data-change-due]').textContent === change", "¥" + Written(givenFen - 88_80));
            Assert.Equal(typed, await clerk.Page.InputValueAsync("#pay [name=Cash]"));
            Assert.Equal("Cash", await clerk.Page.Focused());
        }

        Assert.Empty(clerk.Watched.Complaints);
    }

    [Fact]
    public async Task Confirm_pressed_twice_and_again_after_a_cut_answer_makes_one_receipt()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 66_00))[0];
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.Find(account.AccountNumber);
        await page.Lies(account.AccountNumber);
        await page.Keyboard.TypeAsync("100");
        var asked = 0;
        var mayAnswer = new TaskCompletionSource();
        await page.RouteAsync("**/workbench/pay", async route =>
        {
            // The first answer is lost although it is booked; the next waits until the test has looked.
            if (Interlocked.Increment(ref asked) == 1) { await route.FetchAsync(); await route.AbortAsync("connectionreset"); return; }
            await mayAnswer.Task;
            await route.ContinueAsync();
        });
        var bothWithin = await page.EvaluateAsync<double>("""
            () => {
                const button = document.querySelector("#pay [data-needs-cover]"), from = performance.now();
                button.click(); button.click();
                return performance.now() - from;
            }
            """);
        Assert.InRange(bothWithin, 0, 50);
        await page.WaitForFunctionAsync("() => document.querySelector('[data-net]').textContent.includes('结果未知')");
        await clerk.Watched.Shot("pay-unknown");
        // Nothing is on paper before it is known, and the impatient third press changes nothing.
        Assert.Null(await page.EvaluateAsync<string?>("() => document.body.dataset.lastPrinted ?? null"));
        await page.FocusAsync("#pay [name=Cash]");
        await page.Keyboard.PressAsync("Enter");
        mayAnswer.SetResult();
        await page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal(2, asked);
        Assert.Equal(1, await counter.Hall.Read(db => db.Payments.CountAsync(p => p.AccountId == account.AccountId)));
        Assert.Equal(0, await counter.Money.Owing(account.AccountId));
    }

    [Fact]
    public async Task Enter_that_chooses_a_Chinese_word_never_picks_a_customer()
    {
        var counter = await browser.Counter;
        await counter.Money.AccountWithSearch("欧阳静", "13912349999", 30_00);
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.Keyboard.PressAsync("F2");
        await page.Keyboard.TypeAsync("oyj");
        await page.WaitForSelectorAsync("#hits [role=option]");
        var keys = await page.Context.NewCDPSessionAsync(page);
        await keys.SendAsync("Input.imeSetComposition", new() { ["text"] = "ou", ["selectionStart"] = 2, ["selectionEnd"] = 2 });
        // While a word is being chosen the browser sends key 229 for Enter; some methods send the plain key inside the composition.
        await keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "rawKeyDown", ["key"] = "Enter", ["code"] = "Enter", ["windowsVirtualKeyCode"] = 229 });
        await page.EvaluateAsync("() => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        Assert.Equal("find", await page.Focused());
        Assert.Equal(0, await page.Locator("#desk [data-account]").CountAsync());
        // The word is chosen: now Enter means it.
        await keys.SendAsync("Input.insertText", new() { ["text"] = "" });
        await page.Keyboard.PressAsync("Escape");
        await keys.SendAsync("Input.insertText", new() { ["text"] = "欧阳静" });
        Assert.Equal("欧阳静", await page.InputValueAsync("#find"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("#desk [data-account]");
    }

    [Fact]
    public async Task What_moves_by_itself_leaves_focus_and_scroll_alone()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, Enumerable.Repeat(20_00L, 12).ToArray()))[0];
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        await page.SetViewportSizeAsync(1366, 500);
        await page.Find(account.AccountNumber);
        await page.Lies(account.AccountNumber);
        await page.Keyboard.TypeAsync("12");
        var scrolled = await page.EvaluateAsync<double>("() => { const pane = document.querySelector('#desk').closest('.pane'); pane.scrollTop = 60; scrollTo(0, 40); return pane.scrollTop * 10000 + scrollY; }");
        var caret = "() => [document.activeElement.name, document.activeElement.selectionStart, document.activeElement.value].join()";
        var before = await page.EvaluateAsync<string>(caret);
        for (var i = 0; i < 3; i++)
        {
            var number = await counter.TakeTicket();
            await page.WaitForFunctionAsync("waiting => document.querySelector('#queue-now').textContent.includes(waiting)", await Waiting());
            Assert.NotEmpty(number);
        }

        Assert.Equal(before, await page.EvaluateAsync<string>(caret));
        Assert.Equal(scrolled, await page.EvaluateAsync<double>("() => document.querySelector('#desk').closest('.pane').scrollTop * 10000 + scrollY"));

        Task<string> Waiting() => counter.Hall.Read(async db => (await db.QueueTickets.CountAsync(t => t.State == TicketState.Waiting)).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Written(long fen) => new Kernel.Money(fen).ToString().Trim('¥');
}
