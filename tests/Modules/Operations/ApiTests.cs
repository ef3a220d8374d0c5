using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Tests.Modules;

public class ApiTests
{
    private static async Task<HttpClient> Program(TestHall hall)
    {
        await hall.HasStaff("A001");
        var browser = await hall.SignedIn("A001");
        // A person's browser brings the page's token along; integrations have tokens of their own.
        var page = await browser.Text("/admin/settings");
        browser.Http.DefaultRequestHeaders.Add("RequestVerificationToken", Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value);
        browser.Http.DefaultRequestHeaders.Accept.Clear();
        browser.Http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        return browser.Http;
    }

    private static HttpRequestMessage Post(string path, string json, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static async Task<JsonElement> Problem(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private const string Setting = """{"key":"backup.copies","value":"7","reason":"x"}""";

    [Theory, BothDatabases]
    public async Task The_header_stands_for_the_request_id_and_the_second_call_does_nothing(TestHall hall)
    {
        var http = await Program(hall);
        var key = Guid.CreateVersion7().ToString();
        var first = await http.SendAsync(Post("/api/v1/settings", Setting, key));
        var second = await http.SendAsync(Post("/api/v1/settings", Setting, key));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1, await hall.Read(db => db.SettingChanges.CountAsync()));

        var other = await http.SendAsync(Post("/api/v1/settings", Setting.Replace('7', '8'), key));
        Assert.Equal((HttpStatusCode)422, other.StatusCode);
        Assert.Equal("request.content_differs", (await Problem(other)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Bad_calls_get_a_problem_with_code_field_and_sentence()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var http = await Program(hall);

        async Task Says(HttpRequestMessage request, HttpStatusCode status, string code, string? field = null)
        {
            var answer = await http.SendAsync(request);
            var problem = await Problem(answer);
            Assert.Equal((status, code), (answer.StatusCode, problem.GetProperty("code").GetString()));
            Assert.False(string.IsNullOrEmpty(problem.GetProperty("detail").GetString()));
            if (field is not null) Assert.Equal(field, problem.GetProperty("field").GetString());
        }

        var key = Guid.CreateVersion7().ToString();
        await Says(Post("/api/v1/settings", Setting), HttpStatusCode.Conflict, "request.id_missing", "Idempotency-Key");
        await Says(Post("/api/v1/settings", Setting, "not-a-uuid"), HttpStatusCode.Conflict, "request.id_missing");
        await Says(Post("/api/v1/settings", """{"key":"backup.copies","value":7}""", key), HttpStatusCode.BadRequest, "request.unreadable", "value");
        await Says(Post("/api/v1/settings", """{"kee":"backup.copies"}""", key), HttpStatusCode.BadRequest, "request.unreadable", "kee");
        await Says(Post("/api/v1/settings", "{", key), HttpStatusCode.BadRequest, "request.unreadable");
        await Says(Post("/api/v1/settings", "", key), HttpStatusCode.BadRequest, "request.unreadable");
        await Says(new(HttpMethod.Get, "/api/v1/nothing/here"), HttpStatusCode.NotFound, "request.no_such_address");
        await Says(new(HttpMethod.Delete, "/api/v1/settings"), HttpStatusCode.MethodNotAllowed, "request.method_not_allowed");
        await Says(new(HttpMethod.Get, "/api/v1/attachments"), HttpStatusCode.BadRequest, "request.unreadable", "ownerKind");
        await Says(new(HttpMethod.Get, $"/api/v1/attachments/{Guid.CreateVersion7()}"), HttpStatusCode.NotFound, "attachment.not_found");
    }

    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_its_page_loads_nothing_from_elsewhere()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var http = await hall.Http();
        var document = await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(document.GetProperty("paths").EnumerateObject(), p => Assert.StartsWith("/api/v1/", p.Name, StringComparison.Ordinal));
        var post = document.GetProperty("paths").GetProperty("/api/v1/settings").GetProperty("post");
        Assert.Contains(post.GetProperty("parameters").EnumerateArray(), p => p.GetProperty("name").GetString() == "Idempotency-Key");

        var answer = await http.GetAsync("/api/reference/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_when_the_node_may_be_given_requests_and_metrics_stay_on_this_machine()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var http = await hall.Http();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready")).StatusCode);
        Assert.Contains("http_server_request_duration", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        var passedOn = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        passedOn.Headers.Add("X-Forwarded-For", "10.0.0.7");
        Assert.False((await http.SendAsync(passedOn)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_people_type_is_in_no_log_line()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var http = await Program(hall);
        const string phone = "13912345678";
        await http.GetAsync($"/customers/hits?q={phone}");
        await http.GetAsync($"/signin?return=/customers/{phone}");
        await http.GetAsync($"/api/v1/customers?q={phone}");
        await http.GetAsync($"/no/such/{phone}");
        await http.SendAsync(Post("/api/v1/settings", $$"""{"key":"{{phone}}","value":"{{phone}}","reason":"{{phone}}"}""", Guid.CreateVersion7().ToString()));
        await http.SendAsync(Post("/api/v1/settings", $$"""{"key":{{phone}} }""", Guid.CreateVersion7().ToString()));
        await http.SendAsync(Post("/api/v1/payments", $$"""{"accountId":{{phone}},"bills":[],"tenders":[]}""", Guid.CreateVersion7().ToString()));
        Assert.NotEmpty(hall.Logs.All);
        Assert.DoesNotContain(hall.Logs.All, l => l.Contains("1391234", StringComparison.Ordinal) || l.Contains("345678", StringComparison.Ordinal));
    }
}
