using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Support;

/// <summary>A hall ready to take money over HTTP: clerks who can sign in, each at a counter with an open till, and accounts that owe. For tests that
/// drive the real process and for the bench.</summary>
public static class PayingHall
{
    public const string Password = "green tea 2026";
    public const long FirstAccount = 200_000_001;
    /// <summary>What each account owes, enough for many payments.</summary>
    public const long OwedFen = 90_000_000_00;

    private static readonly string[] Rights = ["tills.open", "payments.take", "vouchers.manage", "vouchers.see"];

    public static string StaffNumber(int clerk) => $"P{clerk:000}";

    /// <summary>Makes all of it in an empty, prepared database.</summary>
    public static async Task Make(IServiceProvider services, int clerks, int accounts)
    {
        var databases = services.GetRequiredService<IDbContextFactory<HallDb>>();
        var clock = services.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow().UtcDateTime;
        var day = new BusinessDate(DateOnly.FromDateTime(now.AddHours(8)));
        var hallId = await Place(databases, day, now);
        await As(services, Guid.CreateVersion7(), hallId, (ReceiveBooks receive) => receive.Handle(new(Guid.CreateVersion7(), "PH", 1, clerks * 100_000, 100_000)));
        for (var n = 1; n <= clerks; n++) await Clerk(services, databases, hallId, n, now);
        for (var from = 0; from < accounts; from += 500) await Accounts(databases, day, now, from, Math.Min(500, accounts - from));
    }

    private static async Task<Guid> Place(IDbContextFactory<HallDb> databases, BusinessDate date, DateTime now)
    {
        await using var db = await databases.CreateDbContextAsync();
        var province = new OrgUnit(null, OrgUnitKind.Province, "zj", new("浙江", "Zhejiang"));
        var unit = new OrgUnit(province, OrgUnitKind.Hall, "ph01", new("示范厅", "Model hall"));
        var place = new Hall(unit, "示范路 1 号", "057112345678", OpeningHours.EveryDay);
        var day = new BusinessDay(place.Id, date, now);
        day.Move(BusinessDayAction.Open, "经理", now);
        db.AddRange(province, unit, place, day);
        await db.SaveChangesAsync();
        return place.Id;
    }

    private static async Task Clerk(IServiceProvider services, IDbContextFactory<HallDb> databases, Guid hallId, int n, DateTime now)
    {
        var user = new StaffUser
        {
            UserName = StaffNumber(n), NormalizedUserName = StaffNumbers.Normal(StaffNumber(n)), DisplayName = $"柜员{n}", UnitPath = "/zj/ph01/", Scope = DataScope.All, Posts = "clerk", HallId = hallId,
            PasswordHash = Hash.Value, LockoutEnabled = true,
        };
        user.ChangeStamp();
        Guid bookId;
        long next;
        await using (var db = await databases.CreateDbContextAsync())
        {
            var counter = new Counter(hallId, n, $"{n} 号窗口", []);
            counter.Open(user.Id, user.DisplayName, user.UserName!, now);
            db.AddRange(user, counter);
            await db.SaveChangesAsync();
            var book = await db.ReceiptBooks.Where(b => b.State == ReceiptBookState.Arrived).OrderBy(b => b.FirstNumber).FirstAsync();
            (bookId, next) = (book.Id, book.NextNumber);
        }

        await As(services, Guid.CreateVersion7(), hallId, (IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), bookId, hallId, null)));
        await As(services, Guid.CreateVersion7(), hallId, (IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), bookId, null, user.Id)));
        await As(services, user.Id, hallId, (OpenTill open) => open.Handle(new(Guid.CreateVersion7(), new Dictionary<int, int> { [10000] = 2 }, bookId, next)));
    }

    private static async Task Accounts(IDbContextFactory<HallDb> databases, BusinessDate day, DateTime now, int from, int count)
    {
        await using var db = await databases.CreateDbContextAsync();
        for (var i = from; i < from + count; i++)
        {
            var id = FirstAccount + i;
            var customer = new Customer { Number = $"K{id}", Kind = CustomerKind.Person, Name = $"王小{i % 997}", Phone = $"138{i:00000000}" };
            var bill = new CustomerBill
            {
                AccountId = id, Bucket = Books.BucketOf(id), Period = day.Day.Year * 100 + day.Day.Month, TariffCode = "power.zhejiang.resident", AmountFen = OwedFen,
                FromDay = day.Day.AddDays(-30), ToDay = day.Day, MadeAtUtc = now,
            };
            bill.Release(day.Day.AddDays(60), now);
            db.AddRange(customer, BillingAccount.Open(id, AccountNumber.Of(id), customer.Id, "/zj/", now), SupplyPoint.At(id, $"M{id}", $"示范路 {i} 号", bill.TariffCode), AccountBalance.Of(id), bill);
            db.AddRange(Books.LinesOf(id, new JournalEntry("bill", bill.Number, day, Posting.ToDebit(AccountCodes.Receivable, bill.Amount), Posting.ToCredit(AccountCodes.Revenue, bill.Amount)), now));
        }

        await db.SaveChangesAsync();
    }

    private static async Task As<THandler>(IServiceProvider services, Guid userId, Guid hallId, Func<THandler, Task> act) where THandler : notnull
    {
        await using var scope = services.CreateAsyncScope();
        var user = new StaffUser { Id = userId, UserName = "T" + userId.ToString("N")[^6..], DisplayName = "经理", UnitPath = "/", Posts = "", HallId = hallId, Scope = DataScope.All };
        scope.ServiceProvider.GetRequiredService<Current>().Become(user, Rights.ToHashSet());
        await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }

    private static readonly Lazy<string> Hash = new(() => new PasswordHasher<StaffUser>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = AccessLimits.PasswordRounds })).HashPassword(null!, Password));
}

/// <summary>A clerk's connection to the API: signed in once, with the token that goes with her cookie.</summary>
public sealed partial class ClerkConnection : IDisposable
{
    private readonly CookieContainer _cookies;

    private ClerkConnection(HttpClient http, CookieContainer cookies) => (Http, _cookies) = (http, cookies);

    public HttpClient Http { get; }

    /// <summary>The same clerk, still signed in, after the program came back at another address.</summary>
    public ClerkConnection At(Uri address)
    {
        var http = Client(address, _cookies);
        foreach (var (name, values) in Http.DefaultRequestHeaders) http.DefaultRequestHeaders.Add(name, values);
        return new(http, _cookies);
    }

    private static HttpClient Client(Uri address, CookieContainer cookies) =>
        new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public static async Task<ClerkConnection> Open(Uri address, string staffNumber, string password = PayingHall.Password)
    {
        var cookies = new CookieContainer();
        var http = Client(address, cookies);
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var form = await http.GetStringAsync("/signin");
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = Token(form), ["StaffNumber"] = staffNumber, ["Password"] = password };
        foreach (Match hidden in Hidden().Matches(form)) fields.TryAdd(hidden.Groups[1].Value, WebUtility.HtmlDecode(hidden.Groups[2].Value));
        using var answer = await http.PostAsync("/signin", new FormUrlEncodedContent(fields));
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{staffNumber} is not let in: {answer.StatusCode}");
        // The token of before the sign-in was for nobody.
        http.DefaultRequestHeaders.Add("RequestVerificationToken", Token(await http.GetStringAsync("/changes")));
        http.DefaultRequestHeaders.Accept.Clear();
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        return new(http, cookies);
    }

    public void Dispose() => Http.Dispose();

    private static string Token(string html) => TokenField().Match(html) is { Success: true } field ? field.Groups[1].Value : throw new InvalidOperationException("the page has no token:\n" + html);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
