using Microsoft.EntityFrameworkCore;
using OpenHall.Payments;

namespace OpenHall.Tests.Pages;

/// <summary>Two nodes on one PostgreSQL behind a balancer that remembers nobody (acceptance point 14).</summary>
[Collection("browser")]
public class TwoNodesTests(OpenBrowser browser)
{
    [Fact]
    public async Task A_whole_payment_and_the_board_work_whichever_node_answers()
    {
        Assert.SkipWhen(await PostgresServer.Shared is null, "no PostgreSQL here");
        await using var counter = await CounterHall.Open(browser.Browser, await BothDatabasesAttribute.OnPostgres());
        await using var other = await BothDatabasesAttribute.AnotherNode(counter.Hall);
        await using var balancer = await RoundRobin.Start(await counter.Hall.Start(), await other.Start());
        var account = (await counter.Accounts(1, 45_67, 120_00))[0];
        await using var clerk = await counter.Clerk(balancer.Address);
        await using var board = await counter.Board(balancer.Address);
        // Several calls, so that clerk and board are answered by either node.
        var calls = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                await clerk.Page.QueueKey("F10");
                await clerk.Page.WaitForFunctionAsync("() => document.querySelector('#queue-now .queue-current.none')");
            }

            calls.Add(await CutLineTests.CallToBoard(clerk, board, await counter.OnlyTicket()));
        }

        Slack.Holds("Call to board over two nodes", 500, calls);
        var page = clerk.Page;
        await page.Find(account.AccountNumber);
        await page.Keyboard.TypeAsync("200");
        await page.Lies(account.AccountNumber);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-paid=done]");
        Assert.Equal("find", await page.Focused());
        Assert.NotNull(await page.EvaluateAsync<string?>("() => document.body.dataset.lastPrinted ?? null"));
        Assert.Equal(1, await other.Read(db => db.Payments.CountAsync(p => p.AccountId == account.AccountId)));
        Assert.Equal(0, await counter.Money.Owing(account.AccountId));
        Assert.All(balancer.Served, requests => Assert.True(requests > 10));
        Assert.Empty(clerk.Watched.Complaints.Concat(board.Complaints));
    }
}
