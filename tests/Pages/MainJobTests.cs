using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Demo;
using OpenHall.Halls;
using OpenHall.Payments;

namespace OpenHall.Tests.Pages;

/// <summary>The whole main job in real browsers: from the ticket at the kiosk to the closed day, in the demo's second hall.</summary>
[Collection("demo")]
public class MainJobTests(DemoBrowser demo)
{
    private const string Manager = "2001", Clerk = "2101";

    [Fact]
    public async Task A_visitor_is_served_from_ticket_to_closed_day()
    {
        var hall = await new MakeProvince(null!, demo.Actors, null!).Find("nh02", CancellationToken.None);
        var boardKey = await demo.Actors.Read(db => db.Devices.Where(d => d.HallId == hall.Id && d.Kind == DeviceKind.Board).Select(d => d.Key).SingleAsync(), CancellationToken.None);
        await using var manager = await demo.SignedIn(Manager);
        await OpenTheDay(manager);

        // 1 A visitor takes a number in two touches.
        await using var kiosk = await demo.Device();
        await kiosk.Go($"/kiosk/{hall.KioskKey}");
        await kiosk.Shot("job-1-kiosk");
        await kiosk.Page.ClickAsync("a[href$='/take/payment']");
        await kiosk.Page.ClickAsync("#kiosk-take button[type=submit]");
        var number = (await kiosk.Page.TextContentAsync(".kiosk-number"))!.Trim();
        Assert.Equal("A001", number);
        await kiosk.Shot("job-1-ticket");

        // 2 The clerk opens till and counter and calls; board and second screen show it.
        await using var clerk = await demo.SignedIn(Clerk);
        await OpenTheTill(clerk);
        await using var board = await demo.Device(1920, 1080);
        await board.Go($"/board/{boardKey}");
        await clerk.Go("/");
        await clerk.Page.ClickAsync("button[formaction='/queue/counter/open'] >> nth=0");
        await clerk.Page.WaitForSelectorAsync(".queue-seat");
        await clerk.Page.WaitForSelectorAsync("#queue-act:not([data-busy])");
        await clerk.Page.Keyboard.PressAsync("F8");
        await board.Page.WaitForFunctionAsync("n => document.querySelector('.board-last .no')?.textContent === n", number, new() { Timeout = 5000 });
        await board.Shot("job-2-board");
        var counter = await demo.Actors.Read(db => db.Counters.SingleAsync(c => c.HallId == hall.Id && c.ClerkName != null), CancellationToken.None);
        await using var screen = await demo.Device(1280, 800);
        await screen.Go($"/screen/{hall.Counters.Single(c => c.Id == counter.Id).ScreenKey}");
        Assert.Contains(number, await screen.Page.TextContentAsync("main"));

        // 3 and 4 She finds the account and takes the money, keyboard alone.
        var bill = await demo.Actors.Read(async db => await db.CustomerBills.Where(b => b.Bucket >= 0 && b.State == BillState.Issued).OrderBy(b => b.AccountId).FirstAsync(), CancellationToken.None);
        var account = await demo.Actors.Read(db => db.BillingAccounts.SingleAsync(a => a.Id == bill.AccountId), CancellationToken.None);
        await clerk.Page.Keyboard.PressAsync("F2");
        await clerk.Page.Keyboard.TypeAsync(account.Number);
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.Page.WaitForSelectorAsync($"[data-account='{account.Number}']");
        await clerk.Shot("job-3-customer");
        await clerk.Page.Keyboard.TypeAsync("5000");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.Page.WaitForSelectorAsync("[data-paid=done]");
        await clerk.Shot("job-4-paid");
        Assert.Equal("find", await clerk.Page.EvaluateAsync<string>("() => document.activeElement.id"));

        // 5 The visit ends; the visitor rates at the second screen.
        await clerk.Page.ClickAsync("button[formaction='/queue/end']");
        await screen.Page.WaitForSelectorAsync("[data-needs-stars]");
        await screen.Page.ClickAsync("label:has(input[value='5'])");
        await screen.Page.ClickAsync("[data-needs-stars]");
        await screen.Page.WaitForSelectorAsync("main.thanks");
        await screen.Shot("job-5-rated");

        // 6 She counts blind: what should be there is on no page before the count is handed in.
        await clerk.Go("/shift");
        Assert.DoesNotContain(await Expected(), await clerk.Page.ContentAsync());
        await clerk.Page.FillAsync("#close [name='Pieces[10000]']", await Hundreds());
        await clerk.Page.ClickAsync("#close button[type=submit]");
        await clerk.Page.WaitForSelectorAsync(".tiles");
        await clerk.Shot("job-6-settled");
        await clerk.Go("/");
        await clerk.Page.ClickAsync(".queue-seat summary");
        await clerk.Page.ClickAsync("button[formaction='/queue/counter/close']");
        await clerk.Page.WaitForSelectorAsync("button[formaction='/queue/counter/open']");

        // No more visitors; the duty manager confirms the closing sheet, without which the day stays open.
        var day = await demo.Actors.Read(db => db.CurrentDay(hall.Id, CancellationToken.None), CancellationToken.None);
        await demo.Actors.As(Manager, (StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), day!.Id, false)));
        var province = Province.Read(new PackErrors());
        var hands = new DutyHands(demo.Actors, demo.Services.GetRequiredService<Duties.DutyPlans>(), new Random(1), province.Words);
        await hands.Finish(hall.Id, day!.Date.Day, [.. province.Staff.Where(s => s.Hall == hall.Code)], CancellationToken.None);

        // 7 Everything is green; the manager closes the day and the next one stands ready.
        await manager.Go("/day");
        await manager.Shot("job-7-day");
        Assert.Equal(0, await manager.Page.Locator(".checks li.bad").CountAsync());
        await manager.Page.ClickAsync("#day-close button[type=submit]");
        await manager.Page.WaitForSelectorAsync("#day-open");
        await manager.Shot("job-7-closed");
        Assert.Empty(clerk.Complaints.Concat(manager.Complaints).Concat(board.Complaints).Concat(kiosk.Complaints).Concat(screen.Complaints));

        async Task<string> Expected() => new Kernel.Money(await Cash()).ToString();
        async Task<string> Hundreds() => (await Cash() / 10000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Task<long> Cash() => demo.Actors.Read(async db =>
        {
            var till = await db.TillSessions.SingleAsync(t => t.HallId == hall.Id && t.State == TillState.Open);
            return till.FloatFen + await db.TillMovements.Where(m => m.TillSessionId == till.Id && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen);
        }, CancellationToken.None);
    }

    private static async Task OpenTheDay(WatchedPage manager)
    {
        await manager.Go("/day");
        await manager.Page.ClickAsync("#day-open button[type=submit]");
        await manager.Page.WaitForSelectorAsync("#day-close");
    }

    private async Task OpenTheTill(WatchedPage clerk)
    {
        await clerk.Go("/shift");
        await clerk.Page.FillAsync("#open [name='Pieces[10000]']", "3");
        await clerk.Page.FillAsync("#open [name='Pieces[1000]']", "20");
        var next = await demo.Actors.Read(db => ReceiptBooksOf.NextFor(db, demo.Actors.Find(Clerk).Id, CancellationToken.None), CancellationToken.None);
        await clerk.Page.FillAsync("#open [name=NextReceipt]", next.Next.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await clerk.Page.ClickAsync("#open button[type=submit]");
        await clerk.Page.WaitForSelectorAsync("[data-workbench], #close");
    }
}
