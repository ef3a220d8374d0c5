using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public static class CustomerIntents
{
    public static readonly string[] Clerk = ["customers.see", "customers.open", "customers.unmask", "bills.see", "readings.enter"];

    private static int _meter;

    public static SupplyPointFields Place(string? meter = null, string address = "江城市东湖区文三路128号3幢502室", string tariff = "power.beijing.resident", short persons = 0, string? quota = null, short digits = 6, int multiplier = 1) =>
        new(meter ?? $"DB{Interlocked.Increment(ref _meter):D8}", digits, multiplier, address, tariff, Voltage.V220, persons, quota, false, false);

    extension(TestHall hall)
    {
        public Task<OpenAccount.Opened> OpenAccount(string name = "张三", string phone = "13800138000", SupplyPointFields? place = null, DateOnly? on = null, long firstWh = 0, string unit = "/") =>
            hall.As(Clerk).Do((OpenAccount open) => open.Handle(new(Guid.CreateVersion7(), null, new(CustomerKind.Person, name, null, phone, true), place ?? Place(), unit, on ?? new(2025, 12, 31), firstWh)));

        public Task<IReadOnlyList<AccountHit>> Find(string typed) => hall.As("customers.see").Do((FindAccounts find) => find.Find(typed));
    }
}

public class CustomerTests
{
    [Theory, BothDatabases]
    public async Task One_box_finds_an_account_by_each_kind_of_key(TestHall hall)
    {
        var opened = await hall.OpenAccount("单晓吕", "13912345678", CustomerIntents.Place("SZ00001234"));
        await hall.OpenAccount("王五", "13700000000");
        foreach (var typed in new[] { opened.AccountNumber, opened.CustomerNumber, "单晓", "shanxiaolv", "sxl", "dxl", "SXL", "139 1234 5678", "1391234", "sz00001234", "sz-0000", "文三路128", "江城市东湖", "单晓吕 文三路" })
            Assert.Contains(await hall.Find(typed), h => h.AccountNumber == opened.AccountNumber);
        Assert.Empty(await hall.Find("不存在"));
        Assert.Empty(await hall.Find("  "));
    }

    [Theory, BothDatabases]
    public async Task An_exact_match_stands_before_longer_ones(TestHall hall)
    {
        await hall.OpenAccount("李四海", place: CustomerIntents.Place("M1000"));
        await hall.OpenAccount("李四", place: CustomerIntents.Place("M10001"));
        var hits = await hall.Find("李四");
        Assert.True(hits[0].IsExact);
        Assert.Equal(2, hits.Count);
        Assert.False(hits[1].IsExact);
        var scanned = await hall.Find("M1000");
        Assert.Equal("M1000", scanned[0].MeterNumber);
        Assert.True(scanned[0].IsExact);
    }

    [Theory, BothDatabases]
    public async Task A_person_finds_and_sees_only_accounts_inside_the_scope(TestHall hall)
    {
        var near = await hall.OpenAccount("赵一", unit: "/jiang/cheng/");
        var far = await hall.OpenAccount("赵二", unit: "/jiang/shan/");
        var clerk = hall.As("customers.see").Within("/jiang/cheng/", DataScope.OwnUnitAndBelow);
        var hit = Assert.Single(await clerk.Do((FindAccounts find) => find.Find("赵")));
        Assert.Equal(near.AccountNumber, hit.AccountNumber);
        var refused = await Assert.ThrowsAsync<Refused>(() => clerk.Do((CustomerFile file) => file.OfAccount(far.AccountNumber)));
        Assert.Equal("account.not_found", refused.Code);
    }

    [Theory, BothDatabases]
    public async Task Data_is_masked_and_unmasking_leaves_a_line_the_customer_can_be_shown(TestHall hall)
    {
        var opened = await hall.OpenAccount("欧阳修远", "13800138000");
        var hit = Assert.Single(await hall.Find(opened.AccountNumber));
        Assert.Equal(("欧*", "138****8000"), (hit.Name, hit.Phone));
        Assert.DoesNotContain("502", hit.Address);
        var command = new UnmaskCustomer.Command(Guid.CreateVersion7(), opened.CustomerNumber, "核对过户资料", null);
        Assert.Equal("permission.missing", (await Assert.ThrowsAsync<Refused>(() => hall.As("customers.see").Do((UnmaskCustomer u) => u.Handle(command)))).Code);
        Assert.Equal("reason.missing", (await Assert.ThrowsAsync<Refused>(() => hall.As("customers.unmask").Do((UnmaskCustomer u) => u.Handle(command with { Reason = " " })))).Code);
        var full = await hall.As("customers.unmask").Do((UnmaskCustomer u) => u.Handle(command));
        Assert.Equal(("欧阳修远", "13800138000"), (full.Name, full.Phone));
        var line = Assert.Single(await hall.Read(db => db.Set<AccessLine>().ToListAsync()));
        Assert.Equal("核对过户资料", line.Reason);
        Assert.DoesNotContain("欧阳", await hall.Read(async db => string.Concat((await db.Set<CommandRequest>().ToListAsync()).Select(r => r.Answer))));
    }

    [Theory, BothDatabases]
    public async Task All_mistakes_of_the_form_are_told_at_once(TestHall hall)
    {
        var taken = await hall.OpenAccount(place: CustomerIntents.Place("M777777"));
        Assert.NotNull(taken);
        var command = new OpenAccount.Command(Guid.CreateVersion7(), null, new(CustomerKind.Person, " ", "110101199003070010", "12", false),
            CustomerIntents.Place("M777777", address: "", tariff: "none", persons: 120), "/", new(2026, 1, 1), -1);
        var refused = await Assert.ThrowsAsync<Refused>(() => hall.As("customers.open").Do((OpenAccount o) => o.Handle(command)));
        Assert.Equal(
            ["reading.negative", "customer.name_missing", "customer.id_wrong", "customer.phone_wrong", "customer.consent_missing", "supply.address_wrong", "supply.persons_wrong", "supply.tariff_unknown", "meter.number_taken"],
            refused.All.Select(r => r.Code));
        Assert.All(refused.All, r => Assert.NotNull(r.Field));
        Assert.Equal(1, await hall.Read(db => db.BillingAccounts.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_change_is_found_by_the_new_key_only_and_kept_in_the_history(TestHall hall)
    {
        var opened = await hall.OpenAccount("钱六", "13800138000");
        var clerk = hall.As(CustomerIntents.Clerk);
        Assert.Equal(2, await clerk.Do((ChangeCustomer c) => c.Handle(new(Guid.CreateVersion7(), opened.CustomerNumber, new(CustomerKind.Person, "钱七", null, "13800138001", true)))));
        Assert.Empty(await hall.Find("qianliu"));
        Assert.Single(await hall.Find("qianqi"));
        Assert.Equal(1, await clerk.Do((ChangeSupplyPoint c) => c.Handle(new(Guid.CreateVersion7(), opened.AccountNumber, CustomerIntents.Place((hall.Find("qianqi").Result)[0].MeterNumber, persons: 6)))));
        var changes = await hall.Read(db => db.Set<CustomerChange>().OrderBy(c => c.Field).ToListAsync());
        Assert.Equal([("Name", "钱六", "钱七"), ("Persons", "0", "6"), ("Phone", "13800138000", "13800138001")], changes.Select(c => (c.Field, c.Before, c.After)));
    }

    [Theory, BothDatabases]
    public async Task Closing_the_last_account_closes_the_customer_and_a_balance_forbids_it(TestHall hall)
    {
        var opened = await hall.OpenAccount();
        var clerk = hall.As(CustomerIntents.Clerk);
        var close = new CloseAccount.Command(Guid.CreateVersion7(), opened.AccountNumber, "搬迁");
        await clerk.Do((Work work) => work.Once(new Credit(Guid.CreateVersion7()), async db =>
        {
            (await db.AccountBalances.Hold(b => b.Bucket == BillingAccount.BucketOf(opened.AccountId) && b.AccountId == opened.AccountId, "account.not_found")).Credit(new(5_00));
            return true;
        }));
        Assert.Equal("account.has_balance", (await Assert.ThrowsAsync<Refused>(() => clerk.Do((CloseAccount c) => c.Handle(close)))).Code);
        var other = await hall.OpenAccount("孙八", "13800138002");
        Assert.True(await clerk.Do((CloseAccount c) => c.Handle(close with { RequestId = Guid.CreateVersion7(), AccountNumber = other.AccountNumber })));
        Assert.Equal(CustomerState.Closed, await hall.Read(async db => (await db.Customers.SingleAsync(c => c.Number == other.CustomerNumber)).State));
    }

    [OpenToVisitors("a test")]
    private sealed record Credit(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task Twenty_thousand_accounts_are_taken_over_in_one_go_and_found_at_once(TestHall hall)
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => new LoadedAccount(CustomerKind.Person, "王" + (char)('一' + i % 3000) + (char)('七' + i / 3000), null, $"139{i:D8}", null, "/",
            CustomerIntents.Place($"LD{i:D8}", $"江城市东湖区文{i % 500}路{i}号"), new(2025, 12, 31), i * 1000L)).ToList();
        await hall.As("customers.load").Do((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "test", rows.Count), rows));
        Assert.Equal(20_000, await hall.Read(db => db.AccountBalances.CountAsync()));
        Assert.Equal(20_000, await hall.Read(db => db.MeterReadings.CountAsync()));
        await hall.Find("wang");
        var watch = Stopwatch.StartNew();
        Assert.Equal(FindAccounts.MostHits, (await hall.Find("w")).Count);
        Assert.True((await hall.Find("LD00012345"))[0].IsExact);
        Assert.True(watch.ElapsedMilliseconds < 500, $"two searches took {watch.ElapsedMilliseconds} ms");
    }
}
