using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>What an account has from its first day: a balance row, which is the lock of its money, and the register's first value.</summary>
public sealed class AccountStart(TimeProvider clock, Current current) : IHandle<AccountOpened>, IHandle<AccountPrepared>, IHandle<SupplyStarted>, IHandle<AccountsLoaded>, IHandle<AccountClosing>
{
    public Task Handle(AccountOpened happened, HallDb db, CancellationToken ct)
    {
        db.Add(AccountBalance.Of(happened.AccountId));
        db.Add(First(happened.AccountId, happened.MeterNumber, happened.OpenedOn, happened.FirstReadingWh, happened.BandsWh));
        return Task.CompletedTask;
    }

    public Task Handle(AccountPrepared happened, HallDb db, CancellationToken ct)
    {
        db.Add(AccountBalance.Of(happened.AccountId));
        return Task.CompletedTask;
    }

    public Task Handle(SupplyStarted happened, HallDb db, CancellationToken ct)
    {
        db.Add(First(happened.AccountId, happened.MeterNumber, happened.On, happened.FirstReadingWh));
        return Task.CompletedTask;
    }

    public async Task Handle(AccountsLoaded happened, HallDb db, CancellationToken ct)
    {
        await db.InsertMany(Enumerable.Range(0, happened.Count).Select(i => AccountBalance.Of(happened.FirstAccountId + i)), ct);
        await db.InsertMany(happened.Rows.Select((row, i) => First(happened.FirstAccountId + i, row.SupplyPoint.MeterNumber!, row.OpenedOn, row.FirstReadingWh)), ct);
    }

    /// <exception cref="Refused">account.owes; account.no_final_bill; account.has_balance</exception>
    public async Task Handle(AccountClosing happened, HallDb db, CancellationToken ct)
    {
        var bucket = BillingAccount.BucketOf(happened.AccountId);
        var balance = await db.AccountBalances.HoldOrNull(b => b.Bucket == bucket && b.AccountId == happened.AccountId, ct);
        var owed = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == happened.AccountId && (b.State == BillState.Issued || b.State == BillState.Draft || b.State == BillState.Held)).CountAsync(ct);
        Refused.If(owed > 0, "account.owes", owed);
        // What was used since the last bill would never be asked for.
        var hasEnded = await db.SupplyPoints.AnyAsync(p => p.AccountId == happened.AccountId && p.EndedOn != null, ct);
        Refused.If(!hasEnded && await db.CustomerBills.OfMonths().AnyAsync(b => b.Bucket == bucket && b.AccountId == happened.AccountId && b.State != BillState.Cancelled, ct), "account.no_final_bill");
        Refused.If(balance is { BalanceFen: > 0 }, "account.has_balance", balance?.Balance ?? Money.Zero);
    }

    private MeterReading First(long accountId, string meter, DateOnly on, long totalWh, IReadOnlyList<long?>? bands = null) => new()
    {
        Bucket = MeterReading.BucketOf(accountId), AccountId = accountId, ReadOn = on, MeterNumber = meter, Kind = ReadingKind.First, Source = ReadingSource.Hand, TotalWh = totalWh,
        SharpWh = bands?[0], PeakWh = bands?[1], FlatWh = bands?[2], ValleyWh = bands?[3], DeepValleyWh = bands?[4],
        EnteredBy = current.UserId, EnteredAtUtc = clock.GetUtcNow().UtcDateTime,
    };
}
