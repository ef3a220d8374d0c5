using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Tests.Support;

/// <summary>A browser without a screen: keeps cookies, follows nothing by itself, posts forms with the page's own token.</summary>
public sealed partial class TestBrowser : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _address;

    private TestBrowser(Uri address)
    {
        _address = address;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public static async Task<TestBrowser> Open(TestHall hall) => new(await hall.Start());

    public HttpClient Http => _http;

    public bool HasCookie(string name) => _cookies.GetCookies(_address)[name] is not null;

    public Cookie? Cookie(string name) => _cookies.GetCookies(_address)[name];

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    public async Task<string> Text(string path) => await (await Get(path)).Content.ReadAsStringAsync();

    /// <summary>What a search box is answered.</summary>
    public async Task<string> Look(string path, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { SearchWords.Header, Uri.EscapeDataString(words) } } };
        using var answer = await _http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Posts a form of the page <paramref name="page"/>: its hidden fields and the given ones.</summary>
    /// <param name="to">Address of the form.</param>
    public async Task<HttpResponseMessage> Post(string page, string to, params (string Name, string Value)[] fields)
    {
        var html = await Text(page);
        var form = Forms().Matches(html).FirstOrDefault(f => Action(f.Value) == to || (Action(f.Value) is null && page.Split('?')[0] == to))
            ?? throw new InvalidOperationException($"{page} has no form for {to}:\n{html}");
        var values = Hidden().Matches(form.Value).Select(i => (Name: Attribute(i.Value, "name")!, Value: WebUtility.HtmlDecode(Attribute(i.Value, "value") ?? ""))).ToList();
        values.RemoveAll(v => fields.Any(f => f.Name == v.Name));
        return await _http.PostAsync(to, new FormUrlEncodedContent(values.Concat(fields).Select(v => KeyValuePair.Create(v.Name, v.Value))));
    }

    /// <summary>Signs in by the sign-in page.</summary>
    public Task<HttpResponseMessage> SignIn(string staffNumber, string password, string page = "/signin") =>
        Post(page, "/signin", ("StaffNumber", staffNumber), ("Password", password));

    public void Dispose() => _http.Dispose();

    private static string? Action(string form) => Attribute(Tag().Match(form).Value, "action")?.Split('?')[0];

    private static string? Attribute(string tag, string name) => Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<form[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}

public static class StaffInTests
{
    /// <summary>Path and query of an address inside the program; other hosts stay whole.</summary>
    public static string PathAndQuery(this Uri address) => address is { IsAbsoluteUri: true, Host: "127.0.0.1" } ? address.PathAndQuery : address.ToString();


    public const string Password = "green tea 2026";

    extension(TestHall hall)
    {
        /// <summary>A person who can sign in with <see cref="Password"/>.</summary>
        public async Task<StaffUser> HasStaff(string staffNumber, string posts = "administrator", Guid? hallId = null, string unitPath = "/", DataScope scope = DataScope.All)
        {
            var user = new StaffUser
            {
                UserName = staffNumber, NormalizedUserName = StaffNumbers.Normal(staffNumber), DisplayName = "陈静", UnitPath = unitPath, Scope = scope, Posts = posts, HallId = hallId,
                PasswordHash = PasswordHash.Value, LockoutEnabled = true,
            };
            user.ChangeStamp();
            await hall.Read(async db => { db.Add(user); return await db.SaveChangesAsync(); });
            return user;
        }

        /// <summary>Somebody who is there already may sign in with <see cref="Password"/> from now on.</summary>
        public Task<int> MaySignIn(Guid userId) => hall.Read(async db =>
        {
            var user = await db.Staff.AsTracking().SingleAsync(u => u.Id == userId);
            user.PasswordHash = PasswordHash.Value;
            user.ChangeStamp();
            return await db.SaveChangesAsync();
        });

        /// <summary>A browser in which that person is signed in.</summary>
        public async Task<TestBrowser> SignedIn(string staffNumber)
        {
            var browser = await TestBrowser.Open(hall);
            var answer = await browser.SignIn(staffNumber, Password);
            return answer.StatusCode is HttpStatusCode.Redirect ? browser : throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }

        public async Task<StaffUser> Staff(string staffNumber) => await hall.Read(db => db.Staff.SingleAsync(u => u.UserName == staffNumber));
    }

    private static readonly Lazy<string> PasswordHash = new(() => new PasswordHasher<StaffUser>(
        Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = TestHall.PasswordRounds })).HashPassword(null!, Password));
}
