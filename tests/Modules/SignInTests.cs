using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Tests.Modules;

public class SignInTests
{
    [Theory, BothDatabases]
    public async Task With_number_and_password_one_comes_to_the_home_of_the_post(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await TestBrowser.Open(hall);
        var answer = await browser.SignIn("a001", StaffInTests.Password);
        Assert.Equal("/admin/staff", answer.Headers.Location?.PathAndQuery());
        var cookie = browser.Cookie("oh.in")!;
        Assert.True(cookie.HttpOnly);
        var home = await browser.Get("/home");
        Assert.Equal("/admin/staff", home.Headers.Location?.PathAndQuery());
    }

    [Theory, BothDatabases]
    public async Task After_five_wrong_tries_the_right_password_is_refused_too_until_the_time_is_over(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await TestBrowser.Open(hall);
        for (var i = 0; i < AccessLimits.MaxWrongTries - 1; i++) Assert.Contains("signin.wrong", await (await browser.SignIn("A001", "not the one")).Content.ReadAsStringAsync());
        Assert.Contains("signin.locked_out", await (await browser.SignIn("A001", "not the one")).Content.ReadAsStringAsync());
        Assert.Contains("signin.locked_out", await (await browser.SignIn("A001", StaffInTests.Password)).Content.ReadAsStringAsync());
        Assert.False(browser.HasCookie("oh.in"));
        hall.Clock.Advance(AccessLimits.LockOutFor);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn("A001", StaffInTests.Password)).StatusCode);
        Assert.Equal(0, (await hall.Staff("A001")).AccessFailedCount);
    }

    [Theory, BothDatabases]
    public async Task Of_many_guesses_at_once_only_five_count(TestHall hall)
    {
        var user = await hall.HasStaff("A001");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => hall.As().Do((SignIn signIn) => signIn.ByPassword("A001", "wrong " + i, new("", "")))));
        var wrong = outcomes.Count(o => o.Result == SignIn.Result.Wrong);
        Assert.Equal(AccessLimits.MaxWrongTries - 1, wrong);
        Assert.Equal(user.Id, outcomes[0].UserId);
    }

    [Theory, BothDatabases]
    public async Task Who_is_signed_in_stays_so_for_the_whole_shift(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await TestBrowser.Open(hall);
        await browser.SignIn("A001", StaffInTests.Password);
        hall.Clock.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/me")).StatusCode);
        hall.Clock.Advance(AccessLimits.SessionFor);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/me")).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Nobody_learns_whether_a_staff_number_exists(TestHall hall)
    {
        await hall.HasStaff("A001");
        var unknown = await hall.As().Do((SignIn signIn) => signIn.ByPassword("A999", "some password", new("", "")));
        var known = await hall.As().Do((SignIn signIn) => signIn.ByPassword("A001", "some password", new("", "")));
        Assert.Equal(SignIn.Result.Wrong, unknown.Result);
        Assert.Equal(SignIn.Result.Wrong, known.Result);
        // Both have worked out one hash: without it the answer would take a hundredth of the time.
        var unknownTime = await TimeOf(() => hall.As().Do((SignIn signIn) => signIn.ByPassword("A999", "some password", new("", ""))));
        var knownTime = await TimeOf(() => hall.As().Do((SignIn signIn) => signIn.ByPassword("A001", "some password", new("", ""))));
        Assert.InRange(unknownTime / knownTime, 0.2, 5);
    }

    private static async Task<double> TimeOf(Func<Task> act)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await act();
        return TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds;
    }

    [Theory, BothDatabases]
    public async Task Without_sign_in_a_page_leads_to_the_sign_in_and_back(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await TestBrowser.Open(hall);
        var first = await browser.Get("/home");
        Assert.Equal("/signin?return=%2Fhome", first.Headers.Location?.PathAndQuery());
        var answer = await browser.SignIn("A001", StaffInTests.Password, "/signin?return=%2Fhome");
        Assert.Equal("/home", answer.Headers.Location?.PathAndQuery());
    }

    [Theory, BothDatabases]
    public async Task A_return_address_of_another_host_is_not_followed(TestHall hall)
    {
        await hall.HasStaff("A001");
        foreach (var bad in new[] { "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "\\\\evil.example" })
        {
            using var browser = await TestBrowser.Open(hall);
            var answer = await browser.SignIn("A001", StaffInTests.Password, "/signin?return=" + Uri.EscapeDataString(bad));
            Assert.Equal("/admin/staff", answer.Headers.Location?.PathAndQuery());
        }
    }

    [Theory, BothDatabases]
    public async Task A_form_without_the_pages_token_is_refused(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await hall.SignedIn("A001");
        var forged = await browser.Http.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains("request.forged", await forged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Get("/home")).StatusCode);
        using var visitor = await TestBrowser.Open(hall);
        var login = await visitor.Http.PostAsync("/signin", new FormUrlEncodedContent([new("_handler", "signin"), new("StaffNumber", "A001"), new("Password", StaffInTests.Password)]));
        Assert.Equal(HttpStatusCode.BadRequest, login.StatusCode);
        Assert.False(visitor.HasCookie("oh.in"));
    }

    [Theory, BothDatabases]
    public async Task Who_has_left_is_out_at_the_next_click(TestHall hall)
    {
        var user = await hall.HasStaff("A001");
        using var browser = await hall.SignedIn("A001");
        Assert.Equal("/admin/staff", (await browser.Get("/home")).Headers.Location?.PathAndQuery());
        await hall.As("admin.staff").Do((Work work) => work.Once(new Leaves(Guid.CreateVersion7()), async db =>
        {
            (await db.Staff.Hold(u => u.Id == user.Id, "staff.not_found")).HasLeft = true;
            db.Raise(new AccessChanged(user.Id));
            return true;
        }));
        Assert.StartsWith("/signin", (await browser.Get("/home")).Headers.Location?.PathAndQuery());
    }

    [Needs("admin.staff")]
    private sealed record Leaves(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task After_signing_out_a_copied_cookie_is_worth_nothing(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await hall.SignedIn("A001");
        var copied = browser.Cookie("oh.in")!.Value;
        var token = System.Text.RegularExpressions.Regex.Match(await browser.Text("/signin"), "__RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        var answer = await browser.Http.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));
        Assert.Equal("/signin", answer.Headers.Location?.PathAndQuery());
        using var thief = await TestBrowser.Open(hall);
        thief.Http.DefaultRequestHeaders.Add("Cookie", "oh.in=" + copied);
        Assert.StartsWith("/signin", (await thief.Get("/home")).Headers.Location?.PathAndQuery());
    }

    [Theory, BothDatabases]
    public async Task The_api_answers_401_and_403_as_problems(TestHall hall)
    {
        using var browser = await TestBrowser.Open(hall);
        var answer = await browser.Get("/api/v1/audit");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("signin.needed", (await answer.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.GetValue<string>());
    }

    [Theory, BothDatabases]
    public async Task Every_answer_carries_the_security_headers(TestHall hall)
    {
        using var browser = await TestBrowser.Open(hall);
        foreach (var path in new[] { "/signin", "/nowhere", "/home", "/api/v1/audit" })
        {
            var answer = await browser.Get(path);
            var policy = string.Join("", answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", string.Join("", answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Theory, BothDatabases]
    public async Task Passkeys_are_stored_and_found_again(TestHall hall)
    {
        var user = await hall.HasStaff("A001");
        var info = new UserPasskeyInfo([1, 2, 3], [4, 5], new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), 7, ["internal"], true, true, false, [6], [7]) { Name = "钥匙" };
        await hall.As().Do(async (UserManager<StaffUser> users) => await users.AddOrUpdatePasskeyAsync((await users.FindByIdAsync(user.Id.ToString()))!, info));
        var found = await hall.As().Do(async (UserManager<StaffUser> users) => await users.GetPasskeysAsync((await users.FindByIdAsync(user.Id.ToString()))!));
        Assert.Equal("钥匙", Assert.Single(found).Name);
        Assert.Equal("A001", (await hall.As().Do((UserManager<StaffUser> users) => users.FindByPasskeyIdAsync([1, 2, 3])))!.UserName);
    }
}
