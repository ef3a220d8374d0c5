using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Payments;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Pages;

/// <summary>A hall for what clerks' hands do: its day open, devices up, as many customers as asked for, and clerks with open tills.</summary>
public sealed class CounterHall : IAsyncDisposable
{
    /// <summary>As many as the goals of the search speak of.</summary>
    public const int ManyCustomers = 20_000;

    /// <summary>Further receipt books, and the numbers in each.</summary>
    private const int Books = 40, BookOf = 1000;

    private readonly IBrowser _browser;

    private CounterHall(IBrowser browser, TestHall hall, MoneyHall money) => (_browser, Hall, Money) = (browser, hall, money);

    public TestHall Hall { get; }
    public MoneyHall Money { get; }
    public string KioskKey { get; private set; } = "";
    public string BoardKey { get; private set; } = "";

    /// <summary>A clerk at her counter, till open, her browser at the workbench.</summary>
    public sealed record AtCounter(MoneyHall.Clerk Clerk, WatchedPage Watched) : IAsyncDisposable
    {
        public IPage Page => Watched.Page;

        public ValueTask DisposeAsync() => Watched.DisposeAsync();
    }

    public static async Task<CounterHall> Open(IBrowser browser, TestHall hall, int customers = 0)
    {
        var counter = new CounterHall(browser, hall, await MoneyHall.Open(hall));
        await counter.Money.Manager.Do((ReceiveBooks receive) => receive.Handle(new(Guid.CreateVersion7(), "SJ", 2001, 2000 + Books * BookOf, BookOf)));
        var admin = hall.As("admin.halls", "customers.load");
        foreach (var kind in new[] { DeviceKind.Kiosk, DeviceKind.Board })
            await admin.Do((AddDevice add) => add.Handle(new(Guid.CreateVersion7(), counter.Money.HallId, kind, kind.ToString(), null)));
        var keys = await hall.Read(db => db.Devices.ToDictionaryAsync(d => d.Kind, d => d.Key));
        (counter.KioskKey, counter.BoardKey) = (keys[DeviceKind.Kiosk], keys[DeviceKind.Board]);
        if (customers > 0)
        {
            var rows = Enumerable.Range(0, customers).Select(Customer).ToList();
            await admin.Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "many", customers), rows));
        }

        return counter;
    }

    /// <summary>A clerk of her own for a test, signed in at <paramref name="address"/> (null: the hall's own).</summary>
    public async Task<AtCounter> Clerk(Uri? address = null)
    {
        var clerk = await Money.OpenTill();
        await Hall.MaySignIn(clerk.UserId);
        var page = await Device(1366, 768, address);
        await SignIn(page, clerk.Number);
        await page.Go("/");
        return new(clerk, page);
    }

    /// <summary>A browser in which nobody is signed in.</summary>
    public async Task<WatchedPage> Device(int width, int height, Uri? address = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = (address ?? await Hall.Start()).ToString(), Locale = "en-US", ViewportSize = new() { Width = width, Height = height }, IgnoreHTTPSErrors = true,
        });
        return new(await context.NewPageAsync());
    }

    public static async Task SignIn(WatchedPage watched, string number)
    {
        await watched.Page.GotoAsync("/signin");
        await watched.Page.FillAsync("[name=StaffNumber]", number);
        await watched.Page.FillAsync("[name=Password]", StaffInTests.Password);
        await watched.Page.PressAsync("[name=Password]", "Enter");
        await watched.Page.Arrives("^(?!.*/signin)");
    }

    /// <summary>Accounts that the search finds, each owing its bills (分).</summary>
    public async Task<IReadOnlyList<OpenAccount.Opened>> Accounts(int count, params long[] bills)
    {
        var accounts = new List<OpenAccount.Opened>();
        for (var i = 0; i < count; i++) accounts.Add(await Money.AccountWithSearch("高静", "13912340000", [.. bills.Select(b => b + i * 1_37)]));
        return accounts;
    }

    /// <summary>The clerk goes on with a book that has a thousand numbers.</summary>
    public async Task TakeThickBook(MoneyHall.Clerk clerk)
    {
        var book = await Hall.Read(db => db.ReceiptBooks.Where(b => b.State == ReceiptBookState.Arrived).OrderByDescending(b => b.FirstNumber).FirstAsync());
        await Money.Manager.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, Money.HallId, null)));
        await Money.Manager.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, null, clerk.UserId)));
        await clerk.Person.Do((StartReceiptBook start) => start.Handle(new(Guid.CreateVersion7(), book.Id, book.NextNumber)));
    }

    /// <summary>The TV, as it hangs in the hall.</summary>
    public async Task<WatchedPage> Board(Uri? address = null)
    {
        var board = await Device(1920, 1080, address);
        await board.Go("/board/" + BoardKey);
        return board;
    }

    /// <summary>A number is taken at the kiosk, and nobody else waits.</summary>
    public async Task<string> OnlyTicket()
    {
        var lead = Hall.As(Guid.CreateVersion7(), Money.HallId, "queue.lead", "queue.see");
        foreach (var id in await Hall.Read(db => db.QueueTickets.Where(t => t.State == TicketState.Waiting).Select(t => t.Id).ToListAsync()))
            await lead.Do((CancelTicket cancel) => cancel.Handle(new(Guid.CreateVersion7(), id, "left")));
        return await TakeTicket();
    }

    /// <summary>A number is taken at the kiosk.</summary>
    public async Task<string> TakeTicket() => (await Hall.As().Do((TakeTicket take) => take.Handle(new(Guid.CreateVersion7(), KioskKey, "payment", "usual", null)))).Number;

    public ValueTask DisposeAsync() => Hall.DisposeAsync();

    private static LoadedAccount Customer(int i)
    {
        const string surnames = "王李张刘陈杨黄赵吴周", given = "伟芳娜敏静丽强磊军洋";
        var name = string.Concat(surnames[i % 10], given[i / 10 % 10], given[i / 100 % 10]);
        return new(CustomerKind.Person, name, null, $"137{i:00000000}", null, "/zj/xh01/",
            new(string.Create(CultureInfo.InvariantCulture, $"L{i:00000000}"), 6, 1, $"杭州市西湖区文二路{i}号", "power.zhejiang.resident", Voltage.V220, 0, null, false, false), new DateOnly(2025, 1, 1), 0);
    }
}

/// <summary>The clerk's hands at the workbench.</summary>
public static class Hands
{
    extension(IPage page)
    {
        /// <summary>F2, the code, Enter: nothing is waited for.</summary>
        public async Task Find(string code, int delayMs = 0)
        {
            await page.Keyboard.PressAsync("F2");
            await page.Keyboard.TypeAsync(code, new() { Delay = delayMs });
            await page.Keyboard.PressAsync("Enter");
        }

        /// <summary>F8 or F10, once the act before is done.</summary>
        public async Task QueueKey(string key)
        {
            await page.WaitForSelectorAsync("#queue-act:not([data-busy])", new() { State = WaitForSelectorState.Attached });
            await page.Keyboard.PressAsync(key);
        }

        public async Task Lies(string account) => await page.WaitForSelectorAsync($"#desk [data-account='{account}']");

        public async Task<string> Focused() => await page.EvaluateAsync<string>("() => document.activeElement.name || document.activeElement.id");

        public async Task<string> Text(string selector) => (await page.TextContentAsync(selector) ?? "").Trim();

        /// <summary>Every request of the page takes so long on its way.</summary>
        public async Task RoundTrip(int ms)
        {
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("Network.enable");
            await session.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = ms, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
        }
    }
}
