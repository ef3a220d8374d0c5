using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Host;

namespace OpenHall.Tests.Modules;

/// <summary>A query that one of the databases cannot run, and a page that counts on what it has not read yet, show only when the page is opened there.</summary>
public class EveryPageTests
{
    [Theory, BothDatabases]
    public async Task Every_page_and_list_opens_for_a_person_of_all_posts(TestHall hall)
    {
        using var person = await Enter(hall);
        Assert.Empty(await Broken(hall, person, Addresses(hall)));
        var account = AccountNumber.Of(PayingHall.FirstAccount);
        var bill = (await hall.Read(db => db.CustomerBills.FirstAsync(b => b.Bucket == Books.BucketOf(PayingHall.FirstAccount) && b.AccountId == PayingHall.FirstAccount))).Number;
        var customer = $"K{PayingHall.FirstAccount}";
        string[] ofOneAccount =
        [
            $"/account/{account}", $"/account/{account}/supply", $"/account/{account}/final", $"/account/{account}/load", $"/customers/{customer}", $"/customers/{customer}/edit", $"/customers/{customer}/access",
            $"/bill/{bill}", $"/bill/{bill}/print", $"/bill/{bill}/rebill", $"/bill/{bill}/rebill?tariff=present", $"/workbench/desk?account={account}", "/workbench/hits", $"/accounts/open?customer={customer}",
        ];
        var route = await hall.Route("R1", await hall.Cycle("END"));
        await hall.Put(route, null, new OpenAccount.Opened("", account, PayingHall.FirstAccount));
        ofOneAccount = [.. ofOneAccount, $"/orders/new?account={account}", $"/orders/new?account={account}&service=tariff_change", "/orders/new?service=new_supply_low", $"/?account={account}"];
        var hallId = await hall.Read(db => db.Set<OpenHall.Halls.Hall>().Select(h => h.Id).FirstAsync());
        var order = await hall.As(Guid.CreateVersion7(), hallId, "orders.take").Do((OpenHall.Orders.AcceptOrder accept) => accept.Handle(new(
            Guid.CreateVersion7(), "report_fault", null, null, new CustomerFields(CustomerKind.Person, "李新", null, "13900139000", false), new Dictionary<string, string> { ["address"] = "临江路 1 号", ["fault"] = "none" }, [])));
        ofOneAccount = [.. ofOneAccount, $"/orders/{order.Number}", $"/orders/{order.Number}/form"];
        ofOneAccount = [.. ofOneAccount, $"/routes/{route}", $"/routes/{route}?period=2026-02&state=Missing", $"/routes/{route}/sheet", $"/routes/{route}/sheet?format=csv", $"/routes/{route}/sheet/print", $"/billrun?period=2026-03&part=r:{route}"];
        Assert.Empty(await Broken(hall, person, ofOneAccount, leastStatus: HttpStatusCode.BadRequest));
    }

    [Theory, BothDatabases]
    public async Task Every_page_and_list_opens_for_a_clerk_or_says_why_not(TestHall hall)
    {
        using var clerk = await Enter(hall, "clerk");
        Assert.Empty(await Broken(hall, clerk, Addresses(hall)));
    }

    [Theory, BothDatabases]
    public async Task Pages_that_are_given_up_keep_no_connection(TestHall hall)
    {
        using var person = await Enter(hall);
        // More than a pool holds: sent elsewhere, not found, and left before the end.
        for (var n = 0; n < 50; n++)
        {
            foreach (var address in new[] { "/start", "/account/999999999999", "/customers/K1", "/bill/0-0-0" })
            {
                using var answer = await person.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, address);
            }
        }

        using var workbench = await person.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, workbench.StatusCode);
    }

    [Fact]
    public void Parts_of_pages_are_shown_when_all_is_there()
    {
        var components = HallApp.Modules.Select(m => m.GetType().Assembly).Distinct().SelectMany(a => a.GetTypes())
            .Where(t => t.IsSubclassOf(typeof(ComponentBase)) && !t.IsAbstract && !t.IsSubclassOf(typeof(LayoutComponentBase)));
        Assert.Empty(components.Where(t => !t.IsSubclassOf(typeof(Part))
            || t.GetMethod("OnInitializedAsync", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null).Select(t => $"{t}: read in Gather"));
    }

    private static async Task<HttpClient> Enter(TestHall hall, string? posts = null)
    {
        await PayingHall.Make(hall.Services, clerks: 1, accounts: 2);
        posts ??= string.Join(' ', hall.Services.GetRequiredService<Packs>().Posts.Keys);
        await hall.Read(db => db.Staff.ExecuteUpdateAsync(set => set.SetProperty(s => s.Posts, posts)));
        var http = (await ClerkConnection.Open(await hall.Start(), PayingHall.StaffNumber(1))).Http;
        http.DefaultRequestHeaders.Accept.Clear();
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return http;
    }

    /// <summary>Addresses that answered with this status or a higher one, and what was logged of it.</summary>
    private static async Task<IReadOnlyList<string>> Broken(TestHall hall, HttpClient http, IEnumerable<string> addresses, HttpStatusCode leastStatus = HttpStatusCode.InternalServerError)
    {
        var broken = new List<string>();
        var opened = 0;
        foreach (var address in addresses)
        {
            // Streams never end: their beginning is enough.
            using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode >= leastStatus) broken.Add($"{address}: {answer.StatusCode}");
            if (answer.IsSuccessStatusCode) opened++;
        }

        Assert.True(opened > 5, $"only {opened} addresses were opened");
        if (broken.Count > 0) broken.AddRange(hall.Logs.All.Where(l => l.StartsWith("Error", StringComparison.Ordinal)));
        return broken;
    }

    private static IEnumerable<string> Addresses(TestHall hall) =>
        hall.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Count == 0 && !e.RoutePattern.RawText!.Contains('.', StringComparison.Ordinal)
                && e.Metadata.GetMetadata<HttpMethodMetadata>() is null or { HttpMethods: ["GET", ..] })
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Order(StringComparer.Ordinal);
}
