using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Payments;
using OpenHall.Rating;

namespace OpenHall.Tests.Modules;

/// <summary>Rule 13: names, telephone numbers, papers and addresses of customers are not in log lines, traces, or addresses that the program makes.</summary>
public partial class NoPersonalDataTests
{
    private const string Name = "欧阳密密", Phone = "13977774444", Paper = "11010119900307109X", Address = "滨江区密密路 77 号 9 幢 901", WrongName = "司马密密";

    /// <summary>Whatever of them is seen anywhere.</summary>
    private static readonly string[] Marks = ["密密", Uri.EscapeDataString("密密"), Phone, Paper, Paper[..17], "7777"];

    [Theory, BothDatabases]
    public async Task No_personal_data_gets_into_logs_traces_or_addresses(TestHall hall)
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = Listen(traced);
        var money = await MoneyHall.Open(hall);
        var at = await money.OpenTill();
        await hall.MaySignIn(at.UserId);
        await hall.HasStaff("A001", "administrator manager billing", money.HallId);
        using var clerk = await hall.SignedIn(at.Number);
        using var office = await hall.SignedIn("A001");
        var made = new ConcurrentQueue<string>();

        var account = await OpenAccount(clerk);
        await Search(clerk, account, made);
        await Take(hall, clerk, account);
        foreach (var page in new[] { "/", $"/account/{account}", "/receipt/SJ00000001", "/shift" }) await Visit(clerk, page, made);
        await Visit(office, "/settlement", made);
        await Refusals(clerk, account);
        await Import(office, account);
        await BreakDown(hall, clerk);

        Assert.Contains(hall.Logs.All, l => l.Contains("/workbench/hits", StringComparison.Ordinal));
        Assert.Contains(hall.Logs.All, l => l.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains(traced, t => t.Contains("OpenAccount", StringComparison.Ordinal));
        foreach (var mark in Marks)
        {
            Assert.DoesNotContain(hall.Logs.All, l => l.Contains(mark, StringComparison.Ordinal));
            Assert.DoesNotContain(traced, t => t.Contains(mark, StringComparison.Ordinal));
            Assert.DoesNotContain(made, a => WebUtility.HtmlDecode(a).Contains(mark, StringComparison.Ordinal));
        }
    }

    /// <summary>What any collector could be sent: of all sources but the test's own client, whose addresses are the test's.</summary>
    private static ActivityListener Listen(ConcurrentQueue<string> traced)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => !source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => traced.Enqueue($"{a.Source.Name} {a.DisplayName} {string.Join(' ', a.TagObjects.Select(t => $"{t.Key}={t.Value}"))} {string.Join(' ', a.Baggage)} {string.Join(' ', a.Events.SelectMany(e => e.Tags))} {a.StatusDescription}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<string> OpenAccount(TestBrowser clerk)
    {
        using var answer = await Send(clerk, "/api/v1/accounts", new OpenAccount.Command(Guid.CreateVersion7(), null, new CustomerFields(CustomerKind.Person, Name, Paper, Phone, true),
            new SupplyPointFields("M700001", 6, 1, Address, "power.zhejiang.resident", Voltage.V220, 3, null, false, false), "/zj/xh01/", new(2025, 3, 1), 0));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("accountNumber").GetString()!;
    }

    private static async Task Search(TestBrowser clerk, string account, ConcurrentQueue<string> made)
    {
        foreach (var words in new[] { Name, Phone, Paper, "密密", account })
        {
            foreach (var path in new[] { "/customers?q=", "/api/v1/accounts?q=" })
            {
                using var answer = await clerk.Get(path + Uri.EscapeDataString(words));
                Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            }

            foreach (var path in new[] { "/workbench/hits", "/palette" }) Assert.Equal(words != Paper, (await clerk.Look(path, words)).Contains(account, StringComparison.Ordinal));
            using var found = await Send(clerk, "/api/v1/accounts/find", new { words });
            Assert.Equal(words != Paper, (await found.Content.ReadAsStringAsync()).Contains(account, StringComparison.Ordinal));
        }

        await Visit(clerk, "/workbench/hits", made);
        await Visit(clerk, "/workbench/desk?account=" + account, made);
    }

    private static async Task Take(TestHall hall, TestBrowser clerk, string account)
    {
        var id = await hall.Read(db => db.BillingAccounts.Where(a => a.Number == account).Select(a => a.Id).SingleAsync());
        using var answer = await Send(clerk, "/api/v1/payments", new TakePayment.Command(Guid.CreateVersion7(), id, [], null, 20_00, [new(TenderKind.Cash, 20_00)]));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task Refusals(TestBrowser clerk, string account)
    {
        using var wrong = await Send(clerk, "/api/v1/accounts", new OpenAccount.Command(Guid.CreateVersion7(), null, new CustomerFields(CustomerKind.Person, WrongName, Paper[..17] + "5", Phone, true),
            new SupplyPointFields("", 6, 1, Address, "nothing", Voltage.V220, 3, null, false, false), "/zj/xh01/", new(2025, 3, 1), 0));
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        using var unmask = await Send(clerk, "/api/v1/customers/unmask", new UnmaskCustomer.Command(Guid.CreateVersion7(), account, "", null));
        Assert.False(unmask.IsSuccessStatusCode);
        using var unreadable = await clerk.Http.PostAsync("/api/v1/accounts", new StringContent("{\"customer\":{\"name\":\"" + Name + "\",\"phone\":[\"" + Phone + "\"]}}", Encoding.UTF8, "application/json"));
        Assert.Equal(4, (int)unreadable.StatusCode / 100);
        using var signIn = await clerk.Http.PostAsync("/signin", new FormUrlEncodedContent(new Dictionary<string, string> { ["StaffNumber"] = Name, ["Password"] = Phone }));
        Assert.NotEqual(HttpStatusCode.InternalServerError, signIn.StatusCode);
    }

    private static async Task Import(TestBrowser office, string account)
    {
        var lines = $"户号,表号,抄表日期,示数\n{account},{Name},2026-03-01,1\n{Phone},M700001,{Paper},{Address}\n";
        using var answer = await office.Http.PostAsync($"/api/v1/readings/imports?requestId={Guid.CreateVersion7()}&fileName=readings.csv", new StringContent(lines, Encoding.UTF8, "text/csv"));
        Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    /// <summary>A table is gone, and people go on working: statements and values of a failed one are nobody's to read.</summary>
    private static async Task BreakDown(TestHall hall, TestBrowser clerk)
    {
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("alter table customers rename to customers_gone"));
        using var found = await clerk.Get("/customers?q=" + Uri.EscapeDataString(Name));
        using var opened = await Send(clerk, "/api/v1/accounts", new OpenAccount.Command(Guid.CreateVersion7(), null, new CustomerFields(CustomerKind.Person, Name, Paper, Phone, true),
            new SupplyPointFields("M700002", 6, 1, Address, "power.zhejiang.resident", Voltage.V220, 3, null, false, false), "/zj/xh01/", new(2025, 3, 1), 0));
        Assert.Contains(HttpStatusCode.InternalServerError, new[] { found.StatusCode, opened.StatusCode });
        foreach (var answer in new[] { found, opened })
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(Paper, text, StringComparison.Ordinal);
            Assert.DoesNotContain("customers_gone", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Opens a page and keeps every address in it.</summary>
    private static async Task Visit(TestBrowser browser, string path, ConcurrentQueue<string> made)
    {
        using var answer = await browser.Get(path);
        if (answer.Headers.Location is { } location) made.Enqueue(location.ToString());
        foreach (Match address in Addresses().Matches(await answer.Content.ReadAsStringAsync())) made.Enqueue(address.Groups[1].Value);
    }

    private static async Task<HttpResponseMessage> Send<T>(TestBrowser browser, string path, T body)
    {
        var page = await browser.Text("/changes");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json) };
        request.Headers.Add("RequestVerificationToken", Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value);
        return await browser.Http.SendAsync(request);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    [GeneratedRegex("(?:href|src|action|hx-get|hx-post|data-href|data-print-url)=\"([^\"]*)\"")]
    private static partial Regex Addresses();
}
