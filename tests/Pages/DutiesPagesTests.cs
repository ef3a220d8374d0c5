using Microsoft.Playwright;
using OpenHall.Duties;
using OpenHall.Tests.Modules;

namespace OpenHall.Tests.Pages;

/// <summary>My day and the board as hands use them: a cleaner's telephone, a duty manager's keyboard, the manager's live board.</summary>
[Collection("browser")]
public class DutiesPagesTests(OpenBrowser browser)
{
    private static readonly string[] Posts = ["manager", "duty_manager", "cleaner", "guard", "lobby", "clerk"];

    private async Task<(DutyHall Duties, Uri Address)> Hall(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 3, open: false);
        var duties = new DutyHall(hall, at);
        duties.Is("07:20");
        foreach (var post in Posts) await hall.HasStaff("D" + post, post, at.Id, "/zj/hz/h1/", App.DataScope.OwnUnit);
        await DutyHall.RunJobs(hall);
        duties.Is("08:20");
        await duties.Open();
        return (duties, await hall.Start());
    }

    private async Task<WatchedPage> SignedIn(Uri address, string post, int width = 1366, int height = 768)
    {
        var watched = new WatchedPage(await (await browser.Browser.NewContextAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = width, Height = height }, Locale = "zh-CN" })).NewPageAsync());
        await watched.Go("/signin");
        await watched.Page.FillAsync("[name=StaffNumber]", "D" + post);
        await watched.Page.FillAsync("[name=Password]", StaffInTests.Password);
        await watched.Page.PressAsync("[name=Password]", "Enter");
        await watched.Page.Arrives("^(?!.*/signin)");
        return watched;
    }

    [Fact]
    public async Task A_cleaner_starts_at_her_day_on_the_telephone_scans_and_sees_what_is_next()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var (duties, address) = await Hall(hall);
        duties.Is("10:05");
        await DutyHall.RunJobs(hall);
        await using var phone = await SignedIn(address, "cleaner", 390, 844);
        Assert.EndsWith("/my-day", new Uri(phone.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await phone.Shot("my-day.phone");
        Assert.Equal(0, await phone.TooWide());
        Assert.Empty(await phone.SeriousFindings());
        // Two rounds were overtaken by the next and are missed for good.
        Assert.Equal((2, 2), (await phone.Page.Locator(".duty.late").CountAsync(), await phone.Page.Locator(".duty.missed").CountAsync()));

        // The telephone's camera opens the address in the code; one tap and it is done.
        await phone.Go("/spot/" + await duties.Spot("washroom"));
        await phone.Shot("my-day.spot");
        await phone.Page.ClickAsync("#duty-do button[type=submit]");
        await phone.Page.Arrives("/my-day$");
        await phone.Page.WaitForSelectorAsync(".my-day-list");
        Assert.Equal(1, await phone.Page.Locator(".duty.late").CountAsync());
        await phone.Go("/spot/" + "ABCDEFGHJKMN");
        await phone.Page.WaitForSelectorAsync("[data-refused='spot.unknown']");
        Assert.Empty(phone.Complaints);
    }

    [Fact]
    public async Task A_duty_manager_answers_a_checklist_by_keyboard_and_the_board_follows_by_itself()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var (duties, address) = await Hall(hall);
        await using var manager = await SignedIn(address, "manager");
        await manager.Go("/duties");
        await manager.Page.WaitForSelectorAsync(".duty-board");
        await using var duty = await SignedIn(address, "duty_manager");
        await duty.Go("/my-day");
        await duty.Shot("my-day.wide");
        await duty.Go($"/meeting/{(await duties.Duties("T01.1")).Single().Id}");
        await duty.Page.FillAsync("[name=Notices]", "新电价宣传口径，请阅读。");
        await duty.Page.SelectOptionAsync("select >> nth=1", "Late");
        await duty.Shot("meeting");
        Assert.Empty(await duty.SeriousFindings());
        await duty.Page.ClickAsync("#meeting button[type=submit]");
        await duty.Page.WaitForSelectorAsync("a[href$='/print?print']");
        await duty.Shot("meeting.signed");
        await duty.Go("/my-day");
        await duty.Page.ClickAsync("form[action='/meeting/read'] button");
        await duty.Page.WaitForSelectorAsync("form[action='/meeting/read']", new() { State = WaitForSelectorState.Detached });
        var inspection = (await duties.Duties("T01.2B")).Single();
        await duty.Go($"/my-day?duty={inspection.Id}");
        await duty.Page.FocusAsync("[name=Item0] >> nth=0");
        await duty.Page.Keyboard.PressAsync("1");
        await duty.Page.Keyboard.PressAsync("2");
        await duty.Page.Keyboard.TypeAsync("意见簿缺页");
        await duty.Shot("my-day.checklist");
        await duty.Page.Keyboard.PressAsync("Enter");
        await duty.Page.Keyboard.PressAsync("1");
        await duty.Page.Keyboard.PressAsync("1");
        await duty.Page.ClickAsync("#duty-do button[type=submit]");
        await duty.Page.Arrives("/my-day$");
        Assert.Equal((DutyState.Done, (short)1), (await duties.Duties("T01.2B")).Single() is var done ? (done.State, done.Faults) : default);
        await manager.Page.WaitForSelectorAsync($"a.chip.done[href='/duties/one/{inspection.Id}']");
        await manager.Shot("duties.board");
        await manager.Page.ClickAsync($"a.chip[href='/duties/one/{inspection.Id}']");
        await manager.Page.WaitForSelectorAsync(".answers");
        await manager.Shot("duties.one");
        await manager.Go("/duties/faults");
        await manager.Page.ClickAsync("[data-opens$='-Give']");
        await manager.Page.FillAsync("dialog[open] [name=Words]", "后勤组");
        await manager.Page.FillAsync("dialog[open] [name=DueOn]", "2026-04-02");
        await manager.Shot("duties.give");
        await manager.Page.ClickAsync("dialog[open] button[type=submit]");
        await manager.Page.WaitForSelectorAsync("text=后勤组");
        await manager.Shot("duties.faults");
        foreach (var path in new[] { "month", "spots", "plans", "list?state=all" })
        {
            await manager.Go("/duties/" + path);
            await manager.Shot("duties." + path.Split('?')[0]);
            Assert.Empty(await manager.SeriousFindings());
        }

        // The log: a remark, then the signature once visitors stop.
        await duty.Go("/duties/log");
        await duty.Page.FillAsync("#log-remark [name=Words]", "空调滴水，已放警示牌。");
        await duty.Page.ClickAsync("#log-remark button[type=submit]");
        await duty.Page.WaitForSelectorAsync("text=空调滴水");
        Assert.Equal(0, await duty.Page.Locator("#log-sign").CountAsync());
        await hall.Anybody().Do((Halls.StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), duties.At.DayId, false)));
        await duty.Go("/duties/log");
        await duty.Shot("duties.log");
        Assert.Empty(await duty.SeriousFindings());
        await duty.Page.ClickAsync("#log-sign button[type=submit]");
        await duty.Page.WaitForSelectorAsync("#log-remark", new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await duty.Shot("duties.log_signed");
        await duty.Go("/duties/log/print");
        await duty.Shot("duties.log_sheet");
        Assert.Equal(DutyState.Done, (await duties.Duties("H02")).Single().State);
        Assert.Empty(manager.Complaints.Concat(duty.Complaints));
    }
}
