using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using MiniExcelLibs;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

/// <summary>欠费: the lists and the ladder. The pack's steps: reminder after 1 day, demand after 15, notice of suspension after 31, order after 36.</summary>
public class ArrearsTests
{
    private static readonly string[] Rights = ["arrears.see", "arrears.climb", "arrears.suspend", "charges.see", "bills.see", "customers.see"];

    private static ListQuery Asked(params (string Key, string Value)[] filters) =>
        ListQuery.Of("/arrears", new QueryCollection(filters.ToDictionary(f => f.Key, f => new StringValues(f.Value))));

    internal static async Task<ArrearsClimb> Climb(MoneyHall money, Guid? requestId = null)
    {
        var person = money.Hall.As(Rights);
        var id = await person.Do((AskClimb ask) => ask.Handle(new(requestId ?? Guid.CreateVersion7())));
        // Two nodes find the work at once.
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => person.Do((ClimbArrears climb) => climb.Continue(id))));
        return both[0];
    }

    private static Task<List<ArrearsNotice>> Notices(MoneyHall money, long account) =>
        money.Hall.Read(db => db.ArrearsNotices.Where(n => n.AccountId == account).OrderBy(n => n.Episode).ThenBy(n => n.Step).ToListAsync());

    internal static Task<SuspensionOrder> Order(MoneyHall money, long account) => money.Hall.Read(db => db.SuspensionOrders.SingleAsync(o => o.AccountId == account));

    /// <summary>Climbs on the days on which the pack's steps are due: 35 days overdue today, then 42, 49 and 56.</summary>
    internal static async Task<long> Suspended(MoneyHall money)
    {
        var account = await money.Account(0, new DateOnly(2026, 3, 31).AddDays(-35), bills: [100_00]);
        for (var week = 0; week < 4; week++)
        {
            if (week > 0) money.Hall.Clock.Advance(TimeSpan.FromDays(7));
            await Climb(money);
        }

        return account;
    }

    [Theory, BothDatabases]
    public async Task An_account_climbs_one_step_at_a_time_and_a_second_look_adds_nothing(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await money.Account(0, new DateOnly(2026, 3, 31).AddDays(-35), bills: [100_00, 50_00]);
        var notYet = await money.Account(0, new DateOnly(2026, 3, 31), bills: [100_00]);
        var first = await Climb(money);
        Assert.Equal((1, 1, 0), (first.Accounts, first.Notices, first.Orders));
        var again = await Climb(money);
        Assert.Equal((1, 0), (again.Accounts, again.Notices));
        var notice = Assert.Single(await Notices(money, account));
        // 35 and 34 days late: 1 ‰ a day of 100.00 and of 50.00.
        Assert.Equal(("reminder", 1, (short)1, (short)2, 150_00L, 3_50L + 1_70L), (notice.Code, notice.Episode, notice.Step, notice.Bills, notice.OwingFen, notice.LateFeeFen));
        Assert.Empty(await Notices(money, notYet));

        hall.Clock.Advance(TimeSpan.FromDays(6));
        await Climb(money);
        Assert.Single(await Notices(money, account));
        hall.Clock.Advance(TimeSpan.FromDays(1));
        await Climb(money);
        Assert.Equal(["reminder", "demand"], (await Notices(money, account)).Select(n => n.Code));
    }

    [Theory, BothDatabases]
    public async Task Payment_ends_the_episode_and_the_next_one_begins_at_the_first_step(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, new DateOnly(2026, 3, 20), bills: [100_00]);
        await Climb(money);
        await MoneyHall.Pay(clerk, account, 200_00);
        Assert.Null(await hall.Read(db => db.AccountBalances.Where(b => b.AccountId == account).Select(b => b.ArrearsStep).SingleAsync()));
        hall.Clock.Advance(TimeSpan.FromDays(20));
        await Climb(money);
        Assert.Single(await Notices(money, account));
        await hall.Read(async db =>
        {
            var bill = new CustomerBill
            {
                AccountId = account, Bucket = Books.BucketOf(account), Period = 202603, TariffCode = "power.zhejiang.resident", AmountFen = 80_00, UsageWh = 160_000,
                FromDay = new(2026, 3, 1), ToDay = new(2026, 3, 31), MadeAtUtc = hall.Clock.UtcNow,
            };
            bill.Release(new(2026, 4, 10), hall.Clock.UtcNow);
            db.Add(bill);
            return await db.SaveChangesAsync();
        });
        await Climb(money);
        Assert.Equal([(1, (short)1, "reminder"), (2, (short)1, "reminder")], (await Notices(money, account)).Select(n => (n.Episode, n.Step, n.Code)));
    }

    [Theory, BothDatabases]
    public async Task Payment_withdraws_an_order_that_was_not_carried_out(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Suspended(money);
        Assert.Equal(["reminder", "demand", "warning", "suspension"], (await Notices(money, account)).Select(n => n.Code));
        Assert.Equal(SuspensionState.Ordered, (await Order(money, account)).State);
        // A part of it ends nothing.
        await MoneyHall.Pay(clerk, account, 50_00, amountFen: 50_00);
        Assert.Equal(SuspensionState.Ordered, (await Order(money, account)).State);
        await MoneyHall.Pay(clerk, account, 100_00);
        var order = await Order(money, account);
        Assert.Equal((SuspensionState.Withdrawn, (DateTime?)null), (order.State, order.RestoreByUtc));
        await money.AssertBooksAgree();
    }

    [Theory, BothDatabases]
    public async Task Payment_of_an_account_that_is_cut_off_sets_the_time_to_restore(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await Suspended(money);
        var worker = hall.As(Rights);
        var id = (await Order(money, account)).Id;
        Task<SuspensionState> Move(SuspensionAction action, string? reason = null, Person? by = null) =>
            (by ?? worker).Do((MoveSuspension move) => move.Handle(new(Guid.CreateVersion7(), account, id, action, reason)));
        async Task<string> Refusal(Task act) => (await Assert.ThrowsAsync<Refused>(() => act)).Code;
        Assert.Equal("account.out_of_reach", await Refusal(Move(SuspensionAction.CarryOut, by: hall.As(Rights).Within("/elsewhere/", DataScope.OwnUnit))));
        Assert.Equal("suspension.reason_missing", await Refusal(Move(SuspensionAction.Withdraw)));
        Assert.Equal(SuspensionState.CarriedOut, await Move(SuspensionAction.CarryOut));
        Assert.Equal("suspension.move_not_allowed", await Refusal(Move(SuspensionAction.Withdraw, "x")));
        await MoneyHall.Pay(clerk, account, 200_00);
        var order = await Order(money, account);
        Assert.Equal((SuspensionState.RestoreDue, hall.Clock.UtcNow.AddHours(24)), (order.State, order.RestoreByUtc!.Value));
        Assert.False(order.IsLate(hall.Clock.UtcNow));
        Assert.True(order.IsLate(hall.Clock.UtcNow.AddHours(25)));
        Assert.Equal(id, Assert.Single(await worker.Do((SuspensionList list) => list.Of(false))).Id);
        Assert.Equal(SuspensionState.Restored, await Move(SuspensionAction.Restore));
        Assert.Empty(await worker.Do((SuspensionList list) => list.Of(false)));
        Assert.Single(await worker.Do((SuspensionList list) => list.Of(true)));
    }

    [Theory, BothDatabases]
    public async Task The_opening_of_a_day_asks_for_the_ladder(TestHall hall)
    {
        var at = await hall.MakeHall();
        var climb = await hall.Read(db => db.ArrearsClimbs.SingleAsync());
        Assert.Equal((ClimbState.Waiting, HallIntents.FirstDay, "/zj/hz/h1/"), (climb.State, climb.Day, climb.UnitPath));
        Assert.Equal(ClimbState.Done, (await hall.As("arrears.climb").Do((ClimbArrears c) => c.Continue(climb.Id))).State);
        Assert.NotEqual(Guid.Empty, at.Id);
    }

    [Theory, BothDatabases]
    public async Task Totals_of_the_list_are_the_sum_of_what_the_accounts_owe_on_every_page_and_in_the_file(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var today = new DateOnly(2026, 3, 31);
        foreach (var late in new[] { 10, 35, 65, 95 }) await money.Account(0, today.AddDays(-late), bills: [late * 100 + 1, 20_00]);
        await money.Account(0, today, bills: [77_00]);
        await Climb(money);
        var person = hall.As(Rights);
        var (rows, totals) = await person.Do((ArrearsList list) => list.Page(Asked()));
        Assert.Equal((4L, 8L, 4), (totals.Accounts, totals.Bills, rows.Count));
        Assert.Equal([95, 65, 35, 10], rows.Select(r => r.Days));
        var due = await hall.Read(async db => (await db.CustomerBills.ToListAsync()).Where(b => b.DueDate < today).Sum(b => b.Owing.Fen + b.LateFeeOn(today, hall.Services.GetRequiredService<LateFeeRules>()).Fen));
        Assert.Equal(due, (totals.Principal + totals.LateFee!.Value).Fen);
        Assert.Equal(due, rows.Sum(r => r.Total.Fen));
        Assert.Equal((1001 + 2000L, 3501 + 2000L, 6501 + 2000L, 9501 + 2000L), (totals.To30.Fen, totals.To60.Fen, totals.To90.Fen, totals.Over90.Fen));

        var (_, firstPage) = await person.Do((ArrearsList list) => list.Page(Asked(("size", "20"), ("days", "61"))));
        Assert.Equal(2, firstPage.Accounts);
        Assert.Equal(3, (await person.Do((ArrearsList list) => list.Page(Asked(("least", "50"))))).Totals.Accounts);
        Assert.Equal(4, (await person.Do((ArrearsList list) => list.Page(Asked(("step", "reminder"), ("sort", "-principal"))))).Totals.Accounts);
        Assert.Equal(0, (await person.Do((ArrearsList list) => list.Page(Asked(("step", "demand"))))).Totals.Accounts);
        Assert.Empty((await person.Within("/elsewhere/", DataScope.OwnUnit).Do((ArrearsList list) => list.Page(Asked()))).Rows);

        var (charges, sums) = await person.Do((ChargeList list) => list.Page(Asked(("period", "202601"))));
        Assert.Equal((5L, 5), (sums.Bills, charges.Count));
        Assert.Equal(charges.Sum(r => r.Bill.Owing.Fen), sums.Owing.Fen);
        Assert.Equal(1001 + 3501 + 6501 + 9501 + 7700L, sums.Amount.Fen);
        Assert.Equal(sums.Amount.Fen * 20, sums.UsageWh);
    }

    [Theory, BothDatabases]
    public async Task The_exports_open_with_the_totals_of_the_pages(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        await hall.HasStaff("A001", "administrator billing clerk", money.HallId);
        // Due on 20 and 21 April; 40 and 39 days late on 30 May.
        var opened = await money.AccountWithSearch("王小明", "13800000000", 100_00, 50_00);
        var account = opened.AccountId;
        hall.Clock.SetTo(new(2026, 5, 30, 1, 0, 0, DateTimeKind.Utc));
        await money.Account(0, new DateOnly(2026, 5, 25), bills: [30_00]);
        await Climb(money);
        var (rows, totals) = await hall.As(Rights).Do((ArrearsList list) => list.Page(Asked()));
        var browser = await hall.SignedIn("A001");
        async Task<List<IDictionary<string, object?>>> Sheet(string path) =>
            [.. MiniExcel.Query(new MemoryStream(await browser.Http.GetByteArrayAsync(path)), useHeaderRow: true).Cast<IDictionary<string, object?>>()];
        decimal Sum(IEnumerable<IDictionary<string, object?>> sheet, string column) => sheet.Sum(r => Convert.ToDecimal(r[column], CultureInfo.InvariantCulture));
        var sheet = await Sheet("/arrears/export?format=xlsx");
        Assert.Equal((totals.Principal + totals.LateFee!.Value).Yuan, Sum(sheet, "合计"));
        Assert.Equal(rows.Select(r => r.Number), sheet.Select(r => (string?)r["户号"]));
        Assert.Equal(180.00m, Sum(await Sheet("/charges/export?format=xlsx&period=202601"), "金额") + Sum(await Sheet("/charges/export?format=xlsx&period=202602"), "金额"));
        Assert.Equal(3, (await browser.Http.GetStringAsync("/arrears/export?format=csv")).TrimEnd().Split("\r\n").Length);
        foreach (var page in new[] { "/arrears", "/arrears?days=31&least=50&step=reminder", "/arrears/export?format=print", "/charges?period=202601", "/arrears/suspensions", "/arrears/suspensions/now?over=true", $"/account/{opened.AccountNumber}", $"/arrears/notice/{account}/1/1/print" })
        {
            using var answer = await browser.Http.GetAsync(page);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page}: {answer.StatusCode}");
        }

        async Task<string> Page(string path) => WebUtility.HtmlDecode(await browser.Http.GetStringAsync(path));
        Assert.Contains("155.95", await Page($"/arrears/notice/{account}/1/1/print"));
        var list = await Page("/arrears");
        Assert.Contains("王*", list);
        Assert.DoesNotContain("王小明", list);
        var desk = await hall.As(clerk.UserId, money.HallId, "payments.take", "customers.see").Do((Payments.AccountDesk d) => d.Of(opened.AccountNumber));
        Assert.Equal(("reminder", (SuspensionState?)null), (desk.ArrearsStep, desk.Suspension));
        Assert.Contains("催费提醒", await Page("/workbench/desk?account=" + opened.AccountNumber));
    }

    [Theory]
    [InlineData("  - { code: a, name: [一, A], kind: letter, daysAfterDue: 1 }", 2, "kind is")]
    [InlineData("  - { code: a, name: [一, A], kind: reminder, daysAfterDue: 0 }", 2, "daysAfterDue is from 1")]
    [InlineData("  - { code: a, name: [一, A], kind: reminder, daysAfterDue: 9 }\n  - { code: b, name: [二, B], kind: notice, daysAfterDue: 3 }", 3, "rises")]
    [InlineData("  - { code: a, name: [一, A], kind: reminder, daysAfterDue: 1 }\n  - { code: a, name: [二, B], kind: notice, daysAfterDue: 3 }", 3, "code is")]
    [InlineData("  - { code: a, name: [一, A], kind: reminder, daysAfterDue: 1 }\n  - { code: b, name: [二, B], kind: suspension_order, daysAfterDue: 30 }", 3, "needs a notice")]
    [InlineData("  - { code: a, kind: reminder, daysAfterDue: 1 }", 2, "'name' is missing")]
    [InlineData("  - { code: a, name: [一, A], kind: reminder, daysAfterDue: 1, customers: cat }", 2, "customers is")]
    public void A_wrong_ladder_is_refused_with_file_and_line(string yaml, int line, string says)
    {
        var folder = Directory.CreateTempSubdirectory("openhall-packs-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "power"));
            File.WriteAllText(Path.Combine(folder.FullName, "power", "billing.yaml"), "arrears:\n" + yaml + "\n");
            var packs = Packs.Read(folder.FullName, "power");
            ArrearsLadder.Read(packs);
            Assert.Contains(packs.Errors.All, e => e.StartsWith($"packs/power/billing.yaml:{line}: ", StringComparison.Ordinal) && e.Contains(says, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
