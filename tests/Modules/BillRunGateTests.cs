using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

/// <summary>A run and a re-billing in the same instant: whoever comes second waits, and then sees the first.</summary>
public class BillRunGateTests
{
    private static async Task<bool> SomebodyWaits(TestHall hall) =>
        await hall.Read(db => db.Database.SqlQueryRaw<int>("select cast(count(*) as int) as \"Value\" from pg_stat_activity where wait_event_type = 'Lock' and query like '%bill_run_gate%' and datname = current_database()").SingleAsync()) > 0;

    private static async Task UntilSomebodyWaits(TestHall hall, Task who)
    {
        while (!who.IsCompleted && !await SomebodyWaits(hall)) await Task.Yield();
        Assert.False(who.IsCompleted, "It did not wait.");
    }

    [Theory, BothDatabases]
    public async Task A_start_waits_for_a_rebilling_and_a_rebilling_for_a_start(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var account = await hall.OpenAccount();
        await hall.Read(account, new(2026, 1, 31), 300);
        await hall.Bill(202601);
        await hall.As("readings.enter").Do((EnterReading enter) => enter.Handle(new(Guid.CreateVersion7(), account.AccountNumber, new(2026, 1, 31), 260, null, null, null, null, null, ReadingKind.Cycle, "抄错")));
        var command = new RebillPeriod.Command(Guid.CreateVersion7(), account.AccountNumber, 202601, false, -19_53, "抄表差错");
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "bill.rebill");
        await money.Approve(asker.UserId, command, nameof(RebillPeriod), "bill.rebill_approve");
        // SQLite has one writer: there is nothing to wait for beyond that.
        if (hall.IsPostgres)
        {
            await hall.Read(async db =>
            {
                await using var rebilling = await db.Database.BeginTransactionAsync();
                await BillRunGate.KeepShut(db, default);
                var start = hall.StartRun(202602);
                await UntilSomebodyWaits(hall, start);
                await rebilling.RollbackAsync();
                await hall.As("bills.run").Do(async (MoveBillRun move) => await move.Handle(new MoveBillRun.Command(Guid.CreateVersion7(), await start, BillRunState.RatingPaused)));
                return await hall.As("bills.run").Do(async (MoveBillRun move) => await move.Handle(new MoveBillRun.Command(Guid.CreateVersion7(), await start, BillRunState.Dropped)));
            });
            await hall.Read(async db =>
            {
                await using var starting = await db.Database.BeginTransactionAsync();
                await BillRunGate.Pass(db, default);
                var rebill = asker.Do((RebillPeriod act) => act.Handle(command));
                await UntilSomebodyWaits(hall, rebill);
                db.Add(new BillRun { Period = 202602, UnitPath = "/", Accounts = 1, StartedBy = Guid.CreateVersion7(), StartedByName = "核算员", StartedAtUtc = hall.Clock.UtcNow });
                await db.SaveChangesAsync();
                await starting.CommitAsync();
                Assert.Equal("rebill.run_open", (await Assert.ThrowsAsync<Refused>(() => rebill)).Code);
                return 0;
            });
        }
        else
        {
            await hall.StartRun(202602);
            Assert.Equal("rebill.run_open", (await Assert.ThrowsAsync<Refused>(() => asker.Do((RebillPeriod act) => act.Handle(command)))).Code);
        }
    }
}
