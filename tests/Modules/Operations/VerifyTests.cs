using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Tests.Modules.Paying;

namespace OpenHall.Tests.Modules;

public static class VerifyIntents
{
    extension(TestHall hall)
    {
        public async Task<IReadOnlyList<CheckResult>> Verify()
        {
            await using var scope = hall.Services.CreateAsyncScope();
            var results = new List<CheckResult>();
            await foreach (var result in scope.ServiceProvider.GetRequiredService<Verification>().Run([]))
            {
                // The tests' PostgreSQL runs without fsync, which is rightly found.
                if (!hall.IsPostgres || result.Name != "database.settings") results.Add(result);
            }

            return results;
        }

        public async Task AssertClean() => Assert.Empty((await hall.Verify()).SelectMany(r => r.Findings, (r, f) => $"{r.Name}: {f.Row} {f.Problem}"));

        /// <summary>Somebody with the database in their hands changes a row.</summary>
        public Task Tamper(string sql) => hall.Read(db => db.Database.ExecuteSqlRawAsync(sql));
    }
}

public class VerifyTests
{
    private static async Task<(MoneyHall Money, MoneyHall.Clerk Clerk, long Account)> AfterAPayment(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var clerk = await money.OpenTill();
        var account = await money.Account(0, bills: [100_00, 50_00]);
        await MoneyHall.Pay(clerk, account, 200_00, 160_00);
        return (money, clerk, account);
    }

    [Theory, BothDatabases]
    public async Task A_hall_that_worked_by_its_commands_is_clean(TestHall hall)
    {
        await AfterAPayment(hall);
        await hall.AssertClean();
        Assert.True((await hall.Verify()).Count >= 14);
    }

    [Theory, BothDatabases]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "xUnit1037", Justification = "rows come from the databases")]
    public async Task Each_broken_promise_is_found_and_its_row_named(TestHall hall)
    {
        var (_, _, account) = await AfterAPayment(hall);
        var bucket = Books.BucketOf(account);
        (string Sql, string Check, string Row)[] harms =
        [
            ($"update customer_bills set paid_fen = paid_fen - 1 where bucket = {bucket} and paid_fen > 0 and period = 202601", "bills.paid", $"{account}/202601/0"),
            ($"update account_balances set balance_fen = balance_fen + 100 where bucket = {bucket}", "balances.agree", $"{account}"),
            ("update receipts set amount_fen = amount_fen + 1", "receipts.of_payments", "SJ"),
            ("update receipt_books set next_number = next_number + 1 where next_number > first_number", "receipts.whole", "SJ"),
            ($"update payments set to_balance_fen = to_balance_fen + 1, amount_fen = amount_fen + 1 where bucket = {bucket}", "payments.spread", "SJ"),
            ("update audit_heads set number = number + 1 where lane = (select min(lane) from audit_heads)", "audit.chain", "audit_heads"),
            ("update command_requests set answer = null where id = (select id from command_requests limit 1)", "audit.every_request", "command_requests"),
        ];
        foreach (var harm in harms)
        {
            await hall.Tamper(harm.Sql);
            var broken = (await hall.Verify()).Single(r => r.Name == harm.Check);
            Assert.Contains(broken.Findings, f => f.Row.Contains(harm.Row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_removed_guard_and_a_changed_audit_line_are_found()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await AfterAPayment(hall);
        await hall.Tamper("drop trigger audit_lines_no_update");
        await hall.Tamper("update audit_lines set subject = 'other' where number = 1 and lane = (select min(lane) from audit_lines)");
        var results = (await hall.Verify()).ToDictionary(r => r.Name);
        Assert.Contains(results["database.insert_only"].Findings, f => f is { Row: "audit_lines", Problem: "update is not refused by the database" });
        Assert.Contains(results["audit.chain"].Findings, f => f.Problem.StartsWith("was changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lane_cut_at_its_end_is_found_by_the_exported_heads()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await AfterAPayment(hall);
        var heads = await hall.Read(db => AuditDayHeads.Of(db, new DateOnly(2026, 3, 31), hall.Clock.UtcNow));
        await heads.Write(hall.Services.GetRequiredService<DataFolder>().At("audit-heads"));
        await hall.AssertClean();

        // The cutter takes the guard away, cuts, and sets the head right again.
        await hall.Tamper("drop trigger audit_lines_no_delete");
        await hall.Tamper("delete from audit_lines where lane = (select min(lane) from audit_lines)");
        await hall.Tamper("delete from audit_heads where lane = (select min(lane) from audit_heads)");
        Assert.Contains((await hall.Verify()).Single(r => r.Name == "audit.day_heads").Findings, f => f.Problem.StartsWith("is gone", StringComparison.Ordinal));
    }

    [Theory, BothDatabases]
    public async Task Verifying_keeps_nobody_from_working(TestHall hall)
    {
        var (_, clerk, account) = await AfterAPayment(hall);
        await using var scope = hall.Services.CreateAsyncScope();
        await using var results = scope.ServiceProvider.GetRequiredService<Verification>().Run([]).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        await MoneyHall.Pay(clerk, account, 10_00, 10_00);
        while (await results.MoveNextAsync()) Assert.True(results.Current.IsClean || results.Current.Name == "database.settings", results.Current.Name);
    }
}
