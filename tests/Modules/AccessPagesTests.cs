using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.People;

namespace OpenHall.Tests.Modules;

public class AccessPagesTests
{
    [Theory, BothDatabases]
    public async Task The_first_start_leads_everybody_to_one_page_and_works_once(TestHall hall)
    {
        using var browser = await TestBrowser.Open(hall);
        Assert.Equal("/start", (await browser.Get("/signin")).Headers.Location?.PathAndQuery());
        var code = (StartCode)hall.Services.GetService(typeof(StartCode))!;
        (string, string)[] fields = [("CompanyName", "江南电力有限公司"), ("CompanyNameEn", "Jiangnan Power"), ("CompanyCode", "jn"), ("StaffNumber", "A001"), ("DisplayName", "陈静"), ("Password", "long enough words 7")];
        var wrong = await browser.Post("/start", "/start", [("StartCode", "AAAAA-AAAAA"), .. fields]);
        Assert.Equal(HttpStatusCode.Conflict, wrong.StatusCode);
        Assert.Contains("start.code_wrong", await wrong.Content.ReadAsStringAsync());
        var right = await browser.Post("/start", "/start", [("StartCode", code.ToString().ToLowerInvariant()), .. fields]);
        Assert.Equal("/signin", right.Headers.Location?.PathAndQuery());
        Assert.Equal("/signin", (await browser.Get("/start")).Headers.Location?.PathAndQuery());
        var again = await Assert.ThrowsAsync<Refused>(() => hall.As().Do((FirstStart start) => start.Handle(
            new(Guid.CreateVersion7(), code.ToString(), "乙公司", "B", "b", "B001", "李强", "long enough words 8"))));
        Assert.Equal("start.done", again.Code);
        Assert.Equal("/admin/staff", (await browser.SignIn("A001", "long enough words 7")).Headers.Location?.PathAndQuery());
        Assert.Contains("A001", await browser.Text("/admin/staff"));
    }

    [Theory, BothDatabases]
    public async Task Every_page_of_the_own_account_and_the_administration_opens_in_both_languages(TestHall hall)
    {
        await hall.HasStaff("A001", "administrator manager");
        using var browser = await hall.SignedIn("A001");
        foreach (var language in new[] { "zh-CN", "en" })
        {
            await browser.Get("/language/" + language);
            foreach (var page in new[] { "/me", "/me/password", "/admin/staff", "/admin/staff/new", "/admin/staff/A001", "/admin/tokens", "/approvals", "/approvals/list", "/approvals/bell", "/audit", "/audit/chain" })
            {
                var answer = await browser.Get(page);
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page}: {answer.StatusCode} {text}");
                Assert.DoesNotMatch(">(people|me|approvals|tokens|signin|scope|ui)\\.[a-z_.]+<", text);
            }
        }
    }

    [Theory, BothDatabases]
    public async Task A_new_person_gets_a_one_time_password_and_must_set_an_own_one_first(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var admin = await hall.SignedIn("A001");
        var made = await admin.Post("/admin/staff/new", "/admin/staff", ("StaffNumber", "C100"), ("DisplayName", "王芳"), ("Posts", "clerk"), ("Scope", "OwnUnit"), ("UnitPath", "/"));
        var card = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, card);
        var password = System.Text.RegularExpressions.Regex.Match(card, "once-shown\">([a-z0-9-]+)<").Groups[1].Value;
        using var clerk = await TestBrowser.Open(hall);
        Assert.Equal(HttpStatusCode.Redirect, (await clerk.SignIn("C100", password)).StatusCode);
        Assert.Equal("/me/password", (await clerk.Get("/approvals")).Headers.Location?.PathAndQuery());
        var set = await clerk.Post("/me/password", "/me/password", ("Old", password), ("New", "words of my own 1"), ("Again", "words of my own 1"));
        Assert.True(set.IsSuccessStatusCode, await set.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/approvals")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Get("/admin/staff")).StatusCode);
        var stored = await hall.Read(async db => string.Join('\n', (await db.Set<CommandRequest>().ToListAsync()).Select(r => r.Answer)));
        Assert.DoesNotContain(password, stored);
    }

    [Theory, BothDatabases]
    public async Task A_code_is_good_once_and_a_recovery_code_too(TestHall hall)
    {
        var user = await hall.HasStaff("A001");
        var secret = Totp.NewSecret();
        var totp = (Totp)hall.Services.GetService(typeof(Totp))!;
        var me = hall.As(user.Id, null);
        var codes = await me.Do((SetUpTotp setUp) => setUp.Handle(new(Guid.CreateVersion7(), totp.Seal(secret), Totp.CodeOf(secret, Totp.StepAt(hall.Clock.GetUtcNow())))));
        var recovery = codes.Codes.Value.Split(' ');
        Assert.Equal(RecoveryCode.Count, recovery.Length);

        hall.Clock.Advance(TimeSpan.FromSeconds(60));
        using var browser = await TestBrowser.Open(hall);
        var asks = await browser.SignIn("A001", StaffInTests.Password);
        Assert.Equal(HttpStatusCode.OK, asks.StatusCode);
        Assert.False(browser.HasCookie("oh.in"));
        var code = Totp.CodeOf(secret, Totp.StepAt(hall.Clock.GetUtcNow()));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hall.As().Do((SignIn signIn) => signIn.ByCode(user.Id, code, new("", "")))));
        Assert.Single(outcomes, o => o.Result == SignIn.Result.In);
        Assert.Equal(SignIn.Result.In, (await hall.As().Do((SignIn signIn) => signIn.ByCode(user.Id, recovery[0].ToLowerInvariant(), new("", "")))).Result);
        Assert.Equal(SignIn.Result.Wrong, (await hall.As().Do((SignIn signIn) => signIn.ByCode(user.Id, recovery[0], new("", "")))).Result);
        Assert.Equal(SignIn.Result.Wrong, (await hall.As().Do((SignIn signIn) => signIn.ByCode(user.Id, "000000", new("", "")))).Result);
    }

    [Fact]
    public void Codes_are_those_of_rfc_6238()
    {
        var secret = "12345678901234567890"u8.ToArray();
        Assert.Equal("287082", Totp.CodeOf(secret, 59 / 30));
        Assert.Equal("081804", Totp.CodeOf(secret, 1111111109 / 30));
        Assert.Equal("279037", Totp.CodeOf(secret, 2000000000 / 30));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Base32(secret));
    }

    [Theory, BothDatabases]
    public async Task A_locked_screen_only_unlocks_and_the_pin_only_a_few_times(TestHall hall)
    {
        var user = await hall.HasStaff("A001");
        using var browser = await hall.SignedIn("A001");
        await hall.As(user.Id, null).Do((SetOwnPin set) => set.Handle(new(Guid.CreateVersion7(), StaffInTests.Password, "274951", "274951")));
        await browser.Post("/me", ShellFacts.LockPath);
        Assert.Equal("/locked?return=%2Fme", (await browser.Get("/me")).Headers.Location?.PathAndQuery());
        Assert.Equal((HttpStatusCode)423, (await browser.Get("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Post("/locked", "/unlock", ("Pin", "274951"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/me")).StatusCode);

        await browser.Post("/me", ShellFacts.LockPath);
        for (var i = 0; i < StaffSession.MaxWrongPins; i++) Assert.Equal(HttpStatusCode.Conflict, (await browser.Post("/locked", "/unlock", ("Pin", "111222"))).StatusCode);
        var used = await browser.Post("/locked", "/unlock", ("Pin", "274951"), ("RequestId", Guid.CreateVersion7().ToString()));
        Assert.Contains("session.pin_used_up", await used.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Post("/locked", "/unlock", ("Password", StaffInTests.Password))).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task A_token_does_what_it_may_and_is_named_in_the_audit(TestHall hall)
    {
        await hall.HasStaff("A001");
        var admin = hall.As((await hall.Staff("A001")).Id, null, "admin.tokens");
        var made = await admin.Do((CreateToken create) => create.Handle(new(Guid.CreateVersion7(), "计费系统", ["audit.see"], DataScope.All, "/", null, 30)));
        Assert.DoesNotContain(made.Token.Value.Split('_')[2], await hall.Read(async db => string.Join('\n', await db.Set<CommandRequest>().Select(r => r.Answer).ToListAsync())));
        using var program = await TestBrowser.Open(hall);
        program.Http.DefaultRequestHeaders.Authorization = new("Bearer", made.Token.Value);
        Assert.Equal(HttpStatusCode.OK, (await program.Get("/api/v1/audit")).StatusCode);
        var me = (await program.Http.GetFromJsonAsync<JsonObject>("/api/v1/me"))!;
        Assert.Equal("计费系统", me["name"]!.GetValue<string>());
        var forbidden = await program.Get("/api/v1/staff");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal("permission.missing", (await forbidden.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.GetValue<string>());
        Assert.StartsWith("/signin", (await program.Get("/audit")).Headers.Location?.PathAndQuery());
        var rows = await admin.Do(async (AuditQuery query) => (await query.Find(ListQuery.Of("/audit", new Microsoft.AspNetCore.Http.QueryCollection()))).Rows);
        Assert.Contains(rows, r => r.Who.Contains("计费系统", StringComparison.Ordinal) && r.Operation == nameof(NoteTokenUse));
        Assert.NotNull((await hall.Read(db => db.Set<ApiToken>().SingleAsync())).LastUsedUtc);

        await admin.Do((RevokeToken revoke) => revoke.Handle(new(Guid.CreateVersion7(), made.TokenId)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.Get("/api/v1/audit")).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Granting_rights_wants_a_second_person_as_soon_as_there_is_one(TestHall hall)
    {
        var first = hall.As((await hall.HasStaff("A001")).Id, null, "admin.staff");
        CreateStaff.Command New(string number, string post) => new(Guid.CreateVersion7(), number, "王芳", [post], null, "/", DataScope.All, null, "words of my own 1");
        await first.Do((CreateStaff create) => create.Handle(New("M001", "manager")));
        var refused = await Assert.ThrowsAsync<Refused>(() => first.Do((CreateStaff create) => create.Handle(New("C001", "clerk"))));
        Assert.Equal("approval.needed", refused.Code);

        // By the pages: the refusal brings the sealed draft, the manager agrees, the same content goes through; another does not.
        using var admin = await hall.SignedIn("A001");
        (string, string)[] Form(string number) => [("StaffNumber", number), ("DisplayName", "王芳"), ("Posts", "clerk"), ("Scope", "OwnUnit"), ("UnitPath", "/")];
        var answer = await admin.Post("/admin/staff/new", "/admin/staff", Form("C001"));
        var ticket = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["approval"]!.GetValue<string>();
        var asked = await admin.Post("/approvals", "/approvals/ask", ("Ticket", ticket), ("Reason", "新员工入职"));
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        var own = await hall.Read(db => db.Set<Approval>().SingleAsync());
        var self = await Assert.ThrowsAsync<Refused>(() => hall.As(own.AskedBy, null, "staff.approve").Do((DecideApproval decide) => decide.Handle(new(Guid.CreateVersion7(), own.Id, true, null))));
        Assert.Equal("approval.same_person", self.Code);
        using var manager = await TestBrowser.Open(hall);
        await manager.SignIn("M001", "words of my own 1");
        Assert.Contains("王芳", WebUtility.HtmlDecode(await manager.Text("/approvals")));
        var decided = await manager.Post("/approvals", "/approvals/decide", ("Remark", ""), ("Grant", "true"));
        Assert.True(decided.IsSuccessStatusCode, await decided.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Post("/admin/staff/new", "/admin/staff", Form("C002"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/admin/staff/new", "/admin/staff", Form("C001"))).StatusCode);
        Assert.Equal(ApprovalState.Spent, (await hall.Read(db => db.Set<Approval>().SingleAsync())).State);

        // On the spot.
        var third = await admin.Post("/admin/staff/new", "/admin/staff", Form("C003"));
        ticket = (await third.Content.ReadFromJsonAsync<JsonObject>())!["approval"]!.GetValue<string>();
        var badly = await admin.Post("/approvals", "/approvals/on-spot", ("Ticket", ticket), ("Reason", "入职"), ("StaffNumber", "M001"), ("Secret", "not the one"));
        Assert.Contains("approval.wrong_secret", await badly.Content.ReadAsStringAsync());
        Assert.Equal(1, (await hall.Staff("M001")).AccessFailedCount);
        var signed = await admin.Post("/approvals", "/approvals/on-spot", ("Ticket", ticket), ("Reason", "入职"), ("StaffNumber", "M001"), ("Secret", "words of my own 1"), ("RequestId", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.NoContent, signed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/admin/staff/new", "/admin/staff", Form("C003"))).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task An_approval_that_nobody_used_in_time_is_dead(TestHall hall)
    {
        var asker = Guid.CreateVersion7();
        var approval = new Approval { Operation = "X", ContentHash = "h", Content = "{}", Permission = "staff.approve", AskedBy = asker, AskedByName = "甲", Reason = "r", AskedAtUtc = hall.Clock.UtcNow };
        await hall.Read(async db => { db.Add(approval); return await db.SaveChangesAsync(); });
        hall.Clock.Advance(AccessLimits.ApprovalFor + TimeSpan.FromMinutes(1));
        var late = await Assert.ThrowsAsync<Refused>(() => hall.As("staff.approve").Do((DecideApproval decide) => decide.Handle(new(Guid.CreateVersion7(), approval.Id, true, null))));
        Assert.Equal("approval.expired", late.Code);
        var without = await Assert.ThrowsAsync<Refused>(() => hall.As("other").Do((DecideApproval decide) => decide.Handle(new(Guid.CreateVersion7(), approval.Id, true, null))));
        Assert.Equal("permission.missing", without.Code);
    }

    [Theory, BothDatabases]
    public async Task Lists_show_only_what_the_data_scope_covers(TestHall hall)
    {
        await hall.HasStaff("H1", "clerk", unitPath: "/zj/hz/xh01/");
        await hall.HasStaff("H2", "clerk", unitPath: "/zj/hz/xh02/");
        await hall.HasStaff("H3", "clerk", unitPath: "/zj/nb/nb01/");
        async Task<string> Seen(DataScope scope, string unit, string chosen = "")
        {
            var current = new Current();
            current.Become(new StaffUser { UserName = "x", DisplayName = "x", UnitPath = unit, Scope = scope, Posts = "", ScopeUnits = chosen }, new HashSet<string>());
            return string.Join(' ', await hall.Read(db => db.Staff.Within(current, u => u.UnitPath, u => u.Id).Select(u => u.UserName!).OrderBy(n => n).ToListAsync()));
        }

        Assert.Equal("H1 H2 H3", await Seen(DataScope.All, "/zj/nb/nb01/"));
        Assert.Equal("H1 H2", await Seen(DataScope.OwnUnitAndBelow, "/zj/hz/"));
        Assert.Equal("H2", await Seen(DataScope.OwnUnit, "/zj/hz/xh02/"));
        Assert.Equal("H1 H3", await Seen(DataScope.Chosen, "/", "/zj/hz/xh01/ /zj/nb/"));
        Assert.Equal("", await Seen(DataScope.Self, "/zj/hz/xh02/"));
        var outside = await Assert.ThrowsAsync<Refused>(() => hall.As("admin.staff").Within("/zj/nb/", DataScope.OwnUnitAndBelow).Do((UnlockStaff unlock) => unlock.Handle(new(Guid.CreateVersion7(), "H1"))));
        Assert.Equal("scope.outside", outside.Code);
    }

    [Theory, BothDatabases]
    public async Task The_last_administrator_stays_and_who_leaves_is_out(TestHall hall)
    {
        await hall.HasStaff("A001");
        await hall.HasStaff("C001", "clerk");
        using var clerk = await hall.SignedIn("C001");
        Assert.Equal(HttpStatusCode.OK, (await clerk.Get("/me")).StatusCode);
        var admin = hall.As("admin.staff");
        var last = await Assert.ThrowsAsync<Refused>(() => admin.Do((LeaveStaff leave) => leave.Handle(new(Guid.CreateVersion7(), "A001", "退休"))));
        Assert.Equal("staff.last_administrator", last.Code);
        await admin.Do((LeaveStaff leave) => leave.Handle(new(Guid.CreateVersion7(), "C001", "离职")));
        Assert.StartsWith("/signin", (await clerk.Get("/me")).Headers.Location?.PathAndQuery());
        Assert.Contains("signin.wrong", await (await clerk.SignIn("C001", StaffInTests.Password)).Content.ReadAsStringAsync());
    }

    [Theory, BothDatabases]
    public async Task The_chain_check_sees_a_head_that_was_moved(TestHall hall)
    {
        await hall.HasStaff("A001");
        using var browser = await hall.SignedIn("A001");
        var good = await hall.As("audit.see").Do((AuditQuery query) => query.CheckChains());
        Assert.Empty(good.Broken);
        Assert.True(good.Lines > 0);
        await hall.Read(db => db.Database.ExecuteSqlRawAsync("update audit_heads set number = number + 1"));
        Assert.NotEmpty((await hall.As("audit.see").Do((AuditQuery query) => query.CheckChains())).Broken);
        var csv = await browser.Text("/audit/export?format=csv");
        Assert.Contains("A001", csv);
    }
}
