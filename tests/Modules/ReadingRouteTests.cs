using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public static class RouteIntents
{
    public static readonly string[] Office = [.. BillRunIntents.Biller, "routes.see", "routes.manage", "readings.estimate", "bills.check", "customers.open"];

    extension(TestHall hall)
    {
        public Task<Guid> Cycle(string code, CycleMonths months = CycleMonths.Every, int day = 31) =>
            hall.As(Office).Do((SaveCycle save) => save.Handle(new(Guid.CreateVersion7(), null, code, code, months, day)));

        public Task<Guid> Route(string code, Guid cycle, string unit = "/") =>
            hall.As(Office).Do((SaveRoute save) => save.Handle(new(Guid.CreateVersion7(), null, code, code, unit, cycle, null)));

        public Task<int> Put(Guid route, int? place, params OpenAccount.Opened[] accounts) =>
            hall.As(Office).Do((ChangeStops change) => change.Handle(new ChangeStops.AddStops(Guid.CreateVersion7(), route, string.Join('\n', accounts.Select(a => a.AccountNumber)), null, place)));

        public Task<RouteSheet> SheetOf(Guid route, int period) => hall.As(Office).Do((ReadingSheet sheets) => sheets.Of(route, new(period)));

        public Task<EstimateMissing.Done> Estimate(Guid route, int period) => hall.As(Office).Do((EstimateMissing estimate) => estimate.Handle(new(Guid.CreateVersion7(), route, period)));

        /// <summary>Bills one route's month and releases it.</summary>
        public async Task<Guid> BillRoute(Guid route, int period)
        {
            var run = await hall.As(Office).Do((StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), period, null, route)));
            Assert.Equal(BillRunState.Rated, await hall.Continue(run));
            await hall.As(Office).Do((MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null)));
            Assert.Equal(BillRunState.Released, await hall.Continue(run));
            return run;
        }
    }
}

public class ReadingRouteTests
{
    private static DateOnly EndOf(int month, int year = 2026) => new DateOnly(year, month, 1).AddMonths(1).AddDays(-1);

    private static async Task<IReadOnlyList<string>> Order(TestHall hall, Guid route)
    {
        var sheet = await hall.SheetOf(route, 202603);
        Assert.Equal(Enumerable.Range(1, sheet.Rows.Count), sheet.Rows.Select(r => r.Place));
        return [.. sheet.Rows.Select(r => r.Account.Number)];
    }

    [Theory, BothDatabases]
    public async Task Supply_points_are_put_in_order_moved_and_taken_off_and_leave_no_gap(TestHall hall)
    {
        var cycle = await hall.Cycle("END");
        var (one, two) = (await hall.Route("R1", cycle), await hall.Route("R2", cycle));
        var (a, b, c, d) = (await hall.OpenAccount(), await hall.OpenAccount(), await hall.OpenAccount(), await hall.OpenAccount());
        await hall.Put(one, null, a, b, c);
        await hall.Put(one, 2, d);
        Assert.Equal([a.AccountNumber, d.AccountNumber, b.AccountNumber, c.AccountNumber], await Order(hall, one));
        var office = hall.As(RouteIntents.Office);
        await office.Do((ChangeStops change) => change.Handle(new ChangeStops.MoveStop(Guid.CreateVersion7(), c.AccountNumber, one, 1)));
        Assert.Equal([c.AccountNumber, a.AccountNumber, d.AccountNumber, b.AccountNumber], await Order(hall, one));
        await office.Do((ChangeStops change) => change.Handle(new ChangeStops.MoveStop(Guid.CreateVersion7(), a.AccountNumber, two, null)));
        await office.Do((ChangeStops change) => change.Handle(new ChangeStops.RemoveStop(Guid.CreateVersion7(), d.AccountNumber)));
        Assert.Equal([c.AccountNumber, b.AccountNumber], await Order(hall, one));
        Assert.Equal([a.AccountNumber], await Order(hall, two));
        // An account that is closed is walked to no more.
        await office.Do((CloseAccount close) => close.Handle(new(Guid.CreateVersion7(), c.AccountNumber, "拆迁")));
        Assert.Equal([b.AccountNumber], await Order(hall, one));
    }

    [Theory, BothDatabases]
    public async Task Every_wrong_line_of_a_list_is_told_at_once_and_nothing_is_added(TestHall hall)
    {
        var cycle = await hall.Cycle("END");
        var (one, two) = (await hall.Route("R1", cycle), await hall.Route("R2", cycle, "/a/"));
        var (a, b) = (await hall.OpenAccount(unit: "/a/"), await hall.OpenAccount(unit: "/b/"));
        await hall.Put(one, null, a);
        var refused = await Assert.ThrowsAsync<Refused>(() => hall.As(RouteIntents.Office).Do((ChangeStops change) => change.Handle(
            new ChangeStops.AddStops(Guid.CreateVersion7(), two, $"{a.AccountNumber}\n999\n{b.AccountNumber}", null, null))));
        Assert.Equal(["route.account_elsewhere", "route.account_unknown", "route.other_unit"], refused.All.Select(r => r.Code));
        Assert.Empty(await Order(hall, two));
    }

    [Theory, BothDatabases]
    public async Task All_of_a_street_that_are_on_no_route_are_added_in_the_order_of_their_numbers(TestHall hall)
    {
        var route = await hall.Route("R1", await hall.Cycle("END"));
        var (ten, two, other) = (await hall.OpenAccount(place: CustomerIntents.Place(address: "望江路10号")), await hall.OpenAccount(place: CustomerIntents.Place(address: "望江路2号")), await hall.OpenAccount());
        await hall.As(RouteIntents.Office).Do((ChangeStops change) => change.Handle(new ChangeStops.AddStops(Guid.CreateVersion7(), route, "", "望江路", null)));
        Assert.Equal([two.AccountNumber, ten.AccountNumber], await Order(hall, route));
        Assert.Equal(1, await hall.As(RouteIntents.Office).Do((RouteList list) => list.OnNone()));
        Assert.NotNull(other);
    }

    [Theory, BothDatabases]
    public async Task Who_is_read_every_second_month_is_left_out_of_the_others_and_billed_for_two(TestHall hall)
    {
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.guangdong.resident"));
        var monthly = await hall.OpenAccount();
        await hall.Put(await hall.Route("EVEN", await hall.Cycle("EVEN", CycleMonths.Even)), null, account);
        await hall.Read(monthly, EndOf(1), 100);
        var run = await hall.Bill(202601);
        Assert.Equal(monthly.AccountId, Assert.Single(await hall.Bills()).AccountId);
        Assert.Empty(await hall.Read(db => db.BillRunFindings.Where(f => f.RunId == run).ToListAsync()));
        await hall.Read(account, EndOf(2), 400);
        await hall.Read(monthly, EndOf(2), 200);
        await hall.Bill(202602);
        var bill = (await hall.Bills()).Single(b => b.AccountId == account.AccountId);
        // January and February: 400 kWh inside two limits of 200.
        Assert.Equal((202602, new DateOnly(2026, 1, 1), 235_60L), (bill.Period, bill.FromDay, bill.AmountFen));
    }

    [Theory, BothDatabases]
    public async Task A_run_of_a_route_or_a_cycle_bills_its_accounts_only_and_the_whole_run_the_rest(TestHall hall)
    {
        var (odd, every) = (await hall.Cycle("ODD", CycleMonths.Odd), await hall.Cycle("EVERY"));
        var (one, two) = (await hall.Route("R1", odd), await hall.Route("R2", every));
        var (a, b, c) = (await hall.OpenAccount(), await hall.OpenAccount(), await hall.OpenAccount());
        await hall.Put(one, null, a);
        await hall.Put(two, null, b);
        foreach (var account in new[] { a, b, c }) await hall.Read(account, EndOf(1), 100);
        Assert.Equal("run.not_due", (await Assert.ThrowsAsync<Refused>(() => hall.BillRoute(one, 202602))).Code);
        await hall.BillRoute(one, 202601);
        Assert.Equal([a.AccountId], (await hall.Bills()).Select(x => x.AccountId));
        var ofCycle = await hall.As(RouteIntents.Office).Do((StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), 202601, null, null, every)));
        var twice = await Assert.ThrowsAsync<Refused>(() => hall.As(RouteIntents.Office).Do((StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), 202601, null, null, every))));
        Assert.Equal("run.already_there", twice.Code);
        await hall.Continue(ofCycle);
        Assert.Equal([a.AccountId, b.AccountId], (await hall.Bills()).Select(x => x.AccountId));
        await hall.Bill(202601);
        Assert.Equal(3, (await hall.Bills()).Count);
    }

    [Theory, BothDatabases]
    public async Task What_was_not_read_is_estimated_by_the_same_month_of_the_year_before_else_by_the_average(TestHall hall)
    {
        hall.Clock.SetTo(new DateTime(2026, 4, 10, 4, 0, 0, DateTimeKind.Utc));
        var (old, young, read, fresh) = (await hall.OpenAccount(on: new(2025, 2, 28)), await hall.OpenAccount(on: new(2025, 12, 31)), await hall.OpenAccount(on: new(2025, 12, 31)), await hall.OpenAccount(on: new(2026, 2, 28)));
        var route = await hall.Route("R1", await hall.Cycle("END"));
        await hall.Put(route, null, old, young, read, fresh);
        await hall.Read(old, new(2025, 3, 31), 310);
        await hall.Bill(202503);
        foreach (var account in new[] { young, read }) { await hall.Read(account, EndOf(1), 62); await hall.Read(account, EndOf(2), 118); }
        await hall.Read(old, EndOf(2), 3_000);
        await hall.Bill(202601);
        await hall.Bill(202602);
        await hall.Read(read, EndOf(3), 200);
        Assert.Equal("estimate.too_early", (await Assert.ThrowsAsync<Refused>(() => hall.Estimate(route, 202604))).Code);
        var done = await hall.Estimate(route, 202603);
        // March of 2025: 10 kWh a day. January and February of 2026: 118 kWh in 59 days.
        Assert.Equal([(old.AccountNumber, 3_310_000L, null), (young.AccountNumber, 180_000L, null), (fresh.AccountNumber, (long?)null, (string?)"no_basis")], done.Lines.Select(l => (l.AccountNumber, l.ReadingWh, l.Why)));
        var sheet = await hall.SheetOf(route, 202603);
        Assert.Equal([SheetState.Estimated, SheetState.Estimated, SheetState.Read, SheetState.Missing], sheet.Rows.Select(r => r.State));
        var row = Assert.Single(await hall.As(RouteIntents.Office).Do((RouteList list) => list.Of(new(202603))));
        Assert.Equal((4, 1, 2, 1), (row.Stops, row.Read, row.Estimated, row.Missing));
        // A second time finds nothing more to estimate.
        Assert.Equal(0, (await hall.Estimate(route, 202603)).Estimated);
    }

    [Theory, BothDatabases]
    public async Task An_estimate_that_was_too_high_is_given_back_by_the_next_reading_from_the_tier_it_had_reached(TestHall hall)
    {
        hall.Clock.SetTo(new DateTime(2026, 4, 10, 4, 0, 0, DateTimeKind.Utc));
        var account = await hall.OpenAccount(place: CustomerIntents.Place(tariff: "power.guangdong.resident"));
        var route = await hall.Route("R1", await hall.Cycle("END"));
        await hall.Put(route, null, account);
        await hall.Read(account, EndOf(1), 310);
        await hall.Bill(202601);
        await hall.Estimate(route, 202602);
        await hall.Bill(202602);
        // February's 280 kWh: 200 in the first tier, 80 in the second. By the end of March the register stands below that.
        var office = hall.As(RouteIntents.Office);
        Assert.Equal("reading.backwards", (await Assert.ThrowsAsync<Refused>(() => Enter(300))).Code);
        await Enter(540);
        await hall.Bill(202603);
        var bills = await hall.Bills();
        // January: 200 at 0.589, 110 at 0.639. What February asked for too much comes off its second tier.
        Assert.Equal([(310_000L, 188_09L), (280_000L, 168_92L), (-50_000L, -31_95L)], bills.Select(b => (b.UsageWh, b.AmountFen)));
        // Nobody is given money back before a person has looked.
        Assert.Equal((BillState.Held, "negative"), (bills[2].State, await hall.Read(db => db.HeldBills.Select(h => h.Codes).SingleAsync())));
        await office.Do((DecideHeldBill decide) => decide.Handle(new(Guid.CreateVersion7(), bills[2].Number, HeldState.Released, "估抄偏高")));
        Assert.Equal(BillState.Settled, (await hall.Bills())[2].State);
        var balance = await hall.Read(db => db.AccountBalances.SingleAsync(b => b.Bucket == MeterReading.BucketOf(account.AccountId) && b.AccountId == account.AccountId));
        Assert.Equal(-bills[2].AmountFen, balance.BalanceFen);
        await hall.AssertClean();

        Task<int> Enter(decimal kwh) => office.Do((EnterReading enter) => enter.Handle(new(Guid.CreateVersion7(), account.AccountNumber, EndOf(3), kwh, null, null, null, null, null, ReadingKind.Cycle, null)));
    }

    [Theory, BothDatabases]
    public async Task The_sheet_that_a_reader_filled_in_comes_back_through_the_import(TestHall hall)
    {
        await PayingHall.Make(hall.Services, clerks: 1, accounts: 1);
        await hall.Read(db => db.Staff.ExecuteUpdateAsync(set => set.SetProperty(s => s.Posts, "billing")));
        var (read, unread) = (await hall.OpenAccount(), await hall.OpenAccount());
        var route = await hall.Route("R1", await hall.Cycle("END"));
        await hall.Put(route, null, read, unread);
        var http = (await ClerkConnection.Open(await hall.Start(), PayingHall.StaffNumber(1))).Http;
        var lines = (await http.GetStringAsync($"/routes/{route}/sheet?period=2026-03&format=csv")).Trim().Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], l => Assert.EndsWith(",2026-03-31,,", l, StringComparison.Ordinal));
        // The first is read; the gate of the second was shut.
        var filled = string.Join("\r\n", lines[0], lines[1][..^1] + "123.4,", lines[2] + "门锁");
        var office = hall.As(RouteIntents.Office);
        var id = await office.Do((ImportReadings import) => import.Handle(Guid.CreateVersion7(), "R1.csv", Encoding.UTF8.GetBytes(filled)));
        var import = await hall.Read(db => db.ReadingImports.SingleAsync(i => i.Id == id));
        Assert.Equal((0, 1, 1), (import.Report.MistakeCount, import.Report.GoodLines, import.Report.UnreadLines));
        await office.Do((ImportReadings imports) => imports.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id)));
        var sheet = await hall.SheetOf(route, 202603);
        Assert.Equal([(SheetState.Read, 123_400L), (SheetState.Missing, 0L)], sheet.Rows.Select(r => (r.State, r.Now?.TotalWh ?? 0)));
    }
}
