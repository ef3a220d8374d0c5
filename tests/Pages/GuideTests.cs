using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Demo;
using OpenHall.Halls;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Tests.Pages;

/// <summary>Walks through the day of every post in the demo's first hall and takes the pictures of the user guide (docs/guide). With
/// <c>OPENHALL_WRITE_DOCS=1</c> they go into the guide; always the guide must show every picture that is taken, and no other.</summary>
[Collection("demo")]
public partial class GuideTests(DemoBrowser demo)
{
    private const string Manager = "1001", DutyManager = "1002", Clerk = "1101", Lobby = "1201", Auditor = "1301", BillingClerk = "1401", Administrator = "9001";
    private const string WrongReading = "户号,抄表日期,示数\r\n1,2026-10-31,5\r\n";

    private static readonly string Guide = Path.Combine(OpenBrowser.Root(), "docs", "guide");
    private static readonly string Taken = Path.Combine(OpenBrowser.Root(), "artifacts", "guide");

    private readonly List<string> _complaints = [];
    private MakeProvince.MadeHall _hall = null!;

    [Fact]
    public async Task The_guide_shows_each_post_its_day_as_it_is()
    {
        if (Directory.Exists(Taken)) Directory.Delete(Taken, true);
        Directory.CreateDirectory(Taken);
        _hall = await new MakeProvince(null!, demo.Actors, null!).Find("wj01", default);
        await using var manager = await demo.SignedIn(Manager);
        await ManagerOpens(manager);
        await using var clerk = await demo.SignedIn(Clerk);
        await ClerkBegins(clerk);
        await Visitors();
        await Colleagues();
        await using var screen = await demo.Device(1280, 800, 0.6f);
        var receipt = await ClerkServes(clerk, screen);
        await LobbyLooks();
        await using var duty = await demo.SignedIn(DutyManager);
        await Reversal(clerk, duty, receipt);
        await ClerkCounts(clerk);
        await Ends(manager, duty);
        await Billing();
        await Others(receipt);
        Assert.Empty(_complaints);
        Compare();
    }

    private async Task ManagerOpens(WatchedPage manager)
    {
        await manager.Go("/day");
        await Picture(manager, "manager-day-open");
        await manager.Page.ClickAsync("#day-open button[type=submit]");
        await manager.Page.WaitForSelectorAsync("#day-close");
    }

    private async Task ClerkBegins(WatchedPage clerk)
    {
        await clerk.Go("/shift");
        foreach (var (worth, pieces) in new[] { (5000, 4), (2000, 5), (1000, 10), (500, 10), (100, 40), (50, 10), (10, 50) }) await clerk.Page.FillAsync($"#open [name='Pieces[{worth}]']", pieces.ToString(CultureInfo.InvariantCulture));
        var next = await demo.Actors.Read(db => ReceiptBooksOf.NextFor(db, demo.Actors.Find(Clerk).Id, default), default);
        await clerk.Page.FillAsync("#open [name=NextReceipt]", next.Next.ToString(CultureInfo.InvariantCulture));
        await Picture(clerk, "clerk-shift-open");
        await clerk.Page.ClickAsync("#open button[type=submit]");
        await clerk.Page.WaitForSelectorAsync("[data-workbench]");
        await clerk.Page.ClickAsync("button[formaction='/queue/counter/open'] >> nth=0");
        await clerk.Page.WaitForSelectorAsync(".queue-seat");
    }

    /// <summary>Who comes in: one takes the number before our eyes and follows it on the telephone.</summary>
    private async Task Visitors()
    {
        await using var kiosk = await demo.Device(1080, 1920, 0.4f);
        await kiosk.Go($"/kiosk/{_hall.KioskKey}");
        await Picture(kiosk, "customer-kiosk");
        await kiosk.Page.ClickAsync("a[href$='/take/payment']");
        await kiosk.Page.WaitForSelectorAsync("#kiosk-take");
        await Picture(kiosk, "customer-kiosk-take");
        await kiosk.Page.ClickAsync("#kiosk-take button[type=submit]");
        await kiosk.Page.WaitForSelectorAsync(".kiosk-number");
        await Picture(kiosk, "customer-kiosk-ticket");
        foreach (var (service, visitorClass) in new[] { ("consult", "usual"), ("payment", "elderly"), ("payment", "usual"), ("repair", "usual"), ("payment", "usual"), ("transfer", "usual"), ("payment", "usual") })
            await demo.Actors.AsVisitor((TakeTicket take) => take.Handle(new(Guid.CreateVersion7(), _hall.KioskKey, service, visitorClass, null)));
        var last = await demo.Actors.Read(db => db.QueueTickets.Where(t => t.HallId == _hall.Id && t.State == TicketState.Waiting).OrderByDescending(t => t.TakenAtUtc).Select(t => t.Token).FirstAsync(), default);
        await using var phone = await demo.Device(390, 844, 0.8f);
        await phone.Go($"/t/{last}");
        await Picture(phone, "customer-phone");
    }

    /// <summary>Two more counters are at work.</summary>
    private async Task Colleagues()
    {
        foreach (var (number, i) in new[] { ("1102", 1), ("1103", 2) })
        {
            await new SimulatedClerk(demo.Actors.Find(number), _hall.Counters[i].Id, _hall.Counters[i].ScreenKey).StartShift(demo.Actors, default);
            await demo.Actors.As(number, (CallNext call) => call.Handle(new(Guid.CreateVersion7())));
            await demo.Actors.As(number, (StartServing start) => start.Handle(new(Guid.CreateVersion7())));
        }
    }

    private async Task<string> ClerkServes(WatchedPage clerk, WatchedPage screen)
    {
        var page = clerk.Page;
        await page.QueueKey("F8");
        await page.WaitForSelectorAsync("#queue-now .queue-current:not(.none)");
        await page.WaitForSelectorAsync("#queue-act:not([data-busy])", new() { State = WaitForSelectorState.Attached });
        await Picture(clerk, "clerk-called");
        await using var board = await demo.Device(1920, 1080, 0.5f);
        var boardKey = await demo.Actors.Read(db => db.Devices.Where(d => d.HallId == _hall.Id && d.Kind == DeviceKind.Board).Select(d => d.Key).SingleAsync(), default);
        await board.Go($"/board/{boardKey}");
        await Picture(board, "customer-board");

        var account = await Owing();
        await page.Find(account.Number);
        await page.Lies(account.Number);
        await page.Keyboard.TypeAsync("1000");
        await Picture(clerk, "clerk-payment");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-paid=done]");
        Assert.StartsWith("1 · ", await demo.Actors.Read(db => db.TillSessions.Where(t => t.ClerkNumber == Clerk && t.State == TillState.Open).Select(t => t.CounterName).SingleAsync(), default));
        await Picture(clerk, "clerk-paid");
        var receipt = (await page.GetAttributeAsync("[data-paid=done]", "data-receipt"))!;
        await screen.Go($"/screen/{_hall.Counters[0].ScreenKey}");
        await page.ClickAsync("button[formaction='/queue/end']");
        await screen.Page.WaitForSelectorAsync("[data-needs-stars]");
        await screen.Page.ClickAsync("label:has(input[value='5'])");
        await Picture(screen, "customer-rating");
        await page.Keyboard.PressAsync("?");
        await page.WaitForSelectorAsync("#key-help[open]");
        await Picture(clerk, "clerk-keys");
        await page.Keyboard.PressAsync("Escape");
        return receipt;
    }

    private async Task LobbyLooks()
    {
        await using var lobby = await demo.SignedIn(Lobby);
        await lobby.Go("/lobby");
        await Picture(lobby, "lobby");
        await lobby.Page.ClickAsync("[data-opens=lobby-take]");
        await lobby.Page.WaitForSelectorAsync("#lobby-take[open]");
        await Picture(lobby, "lobby-take");
    }

    /// <summary>The clerk asks for a reversal, the duty manager agrees at her own desk.</summary>
    private async Task Reversal(WatchedPage clerk, WatchedPage duty, string receipt)
    {
        var page = clerk.Page;
        await clerk.Go("/receipt/" + receipt);
        await Picture(clerk, "clerk-receipt");
        await page.ClickAsync("[data-opens=reverse]");
        await page.FillAsync("#reverse [name=Reason]", "客户报错了户号");
        await page.ClickAsync("#reverse button[type=submit]");
        await page.WaitForSelectorAsync("#approval[open]");
        await Picture(clerk, "clerk-approval");
        clerk.Complaints.RemoveAll(c => c.Contains("409") || c.Contains("403"));
        await page.FillAsync("#approval-ask [name=Reason]", "客户报错了户号，款项退回重收");
        await page.ClickAsync("#approval-ask button[type=submit]");
        await page.WaitForSelectorAsync("#approval [data-approval-id]");
        await duty.Go("/approvals");
        Assert.Contains(receipt, await duty.Page.InnerTextAsync(".approval-words"));
        await Picture(duty, "duty-manager-approvals");
        await duty.Page.ClickAsync("button[name=Grant][value=true]");
        await page.WaitForURLAsync("**/receipt/*account=*");
    }

    private async Task ClerkCounts(WatchedPage clerk)
    {
        await clerk.Go("/shift");
        foreach (var (worth, pieces) in new[] { (5000, 4), (2000, 5), (1000, 10), (500, 10), (100, 39), (50, 10), (10, 50) }) await clerk.Page.FillAsync($"#close [name='Pieces[{worth}]']", pieces.ToString(CultureInfo.InvariantCulture));
        await Picture(clerk, "clerk-count");
        await clerk.Page.ClickAsync("#close button[type=submit]");
        await clerk.Page.WaitForSelectorAsync(".tiles");
        await Picture(clerk, "clerk-counted");
    }

    private async Task Ends(WatchedPage manager, WatchedPage duty)
    {
        await duty.Go("/settlement");
        await Picture(duty, "duty-manager-settlement");
        await duty.Go("/vouchers");
        await Picture(duty, "duty-manager-vouchers");
        await duty.Go("/my-day");
        await Picture(duty, "duty-manager-my-day");
        await duty.Go("/duties/log");
        await Picture(duty, "duty-manager-log");
        await manager.Go("/day");
        await Picture(manager, "manager-day-close");
        await manager.Go("/ratings");
        await Picture(manager, "manager-ratings");
        await manager.Go("/duties");
        await Picture(manager, "manager-duties");
    }

    private async Task Billing()
    {
        await using var billing = await demo.SignedIn(BillingClerk);
        await billing.Go("/readings/import");
        await billing.Page.SetInputFilesAsync("[name=File]", new FilePayload { Name = "readings.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(WrongReading) });
        await billing.Page.ClickAsync("#import button[type=submit]");
        await billing.Page.WaitForURLAsync("**/readings/import/*-*");
        await Picture(billing, "billing-import");
        await billing.Go("/routes");
        await Picture(billing, "billing-routes");
        var route = await demo.Actors.Read(db => db.RouteStops.GroupBy(r => r.RouteId).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstAsync(), default);
        await billing.Go("/routes/" + route);
        await Picture(billing, "billing-sheet");
        await billing.Go("/billrun");
        await Picture(billing, "billing-runs");
        await billing.Go("/arrears");
        await Picture(billing, "billing-arrears");
        await billing.Go("/agreements");
        await Picture(billing, "billing-agreements");
        await billing.Go("/prepaid?level=all");
        await Picture(billing, "billing-prepaid");
        var account = await Owing();
        var bill = await demo.Actors.Read(db => db.CustomerBills.Where(b => b.Bucket == account.Bucket && b.AccountId == account.Id).OrderByDescending(b => b.Period).FirstAsync(), default);
        await billing.Go("/bill/" + bill.Number);
        await Picture(billing, "billing-bill");
    }

    private async Task Others(string receipt)
    {
        await using var auditor = await demo.SignedIn(Auditor);
        await auditor.Go("/audit?q=" + receipt);
        await auditor.Go("/audit");
        await Picture(auditor, "auditor-trail");
        await auditor.Go("/vouchers");
        await Picture(auditor, "auditor-receipts");
        await using var administrator = await demo.SignedIn(Administrator);
        foreach (var (path, name) in new[] { ("/admin/staff", "administrator-staff"), ($"/admin/halls/{_hall.Id}", "administrator-hall"), ("/admin/settings", "administrator-settings") })
        {
            await administrator.Go(path);
            await Picture(administrator, name);
        }
    }

    /// <summary>Somebody who owes no more than the notes that are handed over cover, whatever the late fees of the day.</summary>
    private Task<BillingAccount> Owing() => demo.Actors.Read(async db =>
    {
        var owing = await db.CustomerBills.Where(b => b.Bucket >= 0 && b.State == BillState.Issued && b.PaidFen == 0).GroupBy(b => b.AccountId)
            .Where(g => g.Sum(b => b.AmountFen) < 600_00).OrderByDescending(g => g.Key).Select(g => g.Key).FirstAsync();
        return await db.BillingAccounts.SingleAsync(a => a.Id == owing);
    }, default);

    /// <summary>Looks as the reader sees it: nothing moving, no word missing, nothing wider than the window.</summary>
    private async Task Picture(WatchedPage page, string name)
    {
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.toast').length === 0 && document.querySelectorAll('[aria-busy=true]').length === 0");
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Taken, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        _complaints.AddRange((await page.BareKeys()).Select(k => $"{name}: no words for {k}"));
        if (await page.TooWide() is > 0 and var pixels) _complaints.Add($"{name}: {pixels} px too wide");
    }

    private static void Compare()
    {
        var taken = Directory.GetFiles(Taken, "*.png").Select(f => Path.GetFileName(f)).Order().ToList();
        if (Environment.GetEnvironmentVariable("OPENHALL_WRITE_DOCS") == "1")
        {
            var images = Directory.CreateDirectory(Path.Combine(Guide, "images")).FullName;
            foreach (var old in Directory.GetFiles(images, "*.png")) File.Delete(old);
            foreach (var file in taken) File.WriteAllBytes(Path.Combine(images, file), SmallPng.Of(File.ReadAllBytes(Path.Combine(Taken, file))));
        }

        var named = Directory.GetFiles(Guide, "*.md").SelectMany(f => ImageNames().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().Order().ToList();
        Assert.Equal(taken, named);
        Assert.Equal(taken, Directory.GetFiles(Path.Combine(Guide, "images"), "*.png").Select(f => Path.GetFileName(f)).Order());
    }

    [GeneratedRegex(@"\(images/([a-z-]+\.png)\)")]
    private static partial Regex ImageNames();
}
