using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>设置预付费: an account pays ahead from now on, with limits of its own; or pays after use again.</summary>
public sealed class SetPrepaid(Work work, Current current, PrepaidLook look)
{
    /// <param name="IsOn">False: no longer prepaid; the limits are not read.</param>
    [Needs("prepaid.set")]
    public sealed record Command(Guid RequestId, string AccountNumber, bool IsOn, long AlertFen = 0, long StopFen = 0) : ICommand;

    /// <returns>How it stands; null: it is not prepaid any more.</returns>
    /// <exception cref="Refused">account.not_found; prepaid.limits_wrong; prepaid.not_set</exception>
    public Task<PrepaidLevel?> Handle(Command c, CancellationToken ct = default) => work.Once(c, db => Set(db, c, ct), ct);

    /// <summary>The same inside another command, which has asked for the permission.</summary>
    public async Task<PrepaidLevel?> Set(HallDb db, Command c, CancellationToken ct)
    {
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var (bucket, id) = (account.Bucket, account.Id);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "account.not_found", ct);
        var prepaid = await db.PrepaidAccounts.HoldOrNull(p => p.Bucket == bucket && p.AccountId == id, ct);
        db.Subject = account.Number;
        balance.PayAhead(c.IsOn);
        if (!c.IsOn)
        {
            Refused.If(prepaid is null, "prepaid.not_set", account.Number);
            // Its row stays: set prepaid again it goes on counting its alerts.
            return null;
        }

        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        if (prepaid is null) db.Add(prepaid = new PrepaidAccount { Bucket = bucket, AccountId = id, AccountNumber = account.Number, UnitPath = account.UnitPath, Since = today });
        prepaid.Limit(new(c.AlertFen), new(c.StopFen), current.Name);
        var owing = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued).SumAsync(b => b.AmountFen - b.PaidFen, ct);
        await look.At(db, prepaid, balance.Balance, new(owing), today, ct);
        return prepaid.Level;
    }
}

/// <summary>A prepaid account's balance or bills were paid, or a payment was taken back.</summary>
public sealed record PrepaidMoneyMoved(long AccountId, long BalanceFen, long OwingFen)
{
    /// <summary>As it stands in the running command, which has read the account's bills.</summary>
    public static PrepaidMoneyMoved Now(HallDb db, AccountBalance balance) =>
        new(balance.AccountId, balance.BalanceFen, db.CustomerBills.Local.Where(b => b.AccountId == balance.AccountId).Sum(b => b.Owing.Fen));
}

/// <summary>A prepaid account crossed a limit.</summary>
public sealed record PrepaidLow(long AccountId, PrepaidLevel Level);

/// <summary>Looks at prepaid accounts: what is left, how long it lasts, and who has to be told. A top-up is looked at at once.</summary>
public sealed class PrepaidLook(PrepaidTerms terms) : IHandle<PrepaidMoneyMoved>
{
    /// <summary>What the file channel tells the customer's telephone.</summary>
    public sealed record Told(string Account, PrepaidLevel Level, long LeftFen, int? DaysLeft, DateOnly Day);

    public async Task Handle(PrepaidMoneyMoved happened, HallDb db, CancellationToken ct)
    {
        var bucket = Books.BucketOf(happened.AccountId);
        var prepaid = await db.PrepaidAccounts.HoldOrNull(p => p.Bucket == bucket && p.AccountId == happened.AccountId, ct);
        if (prepaid is not null) await At(db, prepaid, new(happened.BalanceFen), new(happened.OwingFen), DateOnly.FromDateTime(Shown.Local(db.AtUtc)), ct);
    }

    /// <param name="prepaid">Held.</param>
    internal async Task At(HallDb db, PrepaidAccount prepaid, Money balance, Money owing, DateOnly day, CancellationToken ct)
    {
        var (bucket, id) = (prepaid.Bucket, prepaid.AccountId);
        var recent = await db.CustomerBills.OfMonths().AsNoTracking().Where(b => b.Bucket == bucket && b.AccountId == id && (b.State == BillState.Issued || b.State == BillState.Settled || b.State == BillState.WrittenOff))
            .OrderByDescending(b => b.Period).Take(terms.RecentBills).Select(b => new { b.AmountFen, b.FromDay, b.ToDay }).ToListAsync(ct);
        var estimate = PrepaidEstimate.Of(balance, owing, [.. recent.Select(b => (new Money(b.AmountFen), b.ToDay.DayNumber - b.FromDay.DayNumber + 1))], recent.Count == 0 ? 0 : day.DayNumber - recent.Max(b => b.ToDay).DayNumber);
        if (!prepaid.Look(balance, owing, estimate, day)) return;
        db.Add(new PrepaidAlert { Bucket = bucket, AccountId = id, Crossing = prepaid.Crossings, Level = prepaid.Level, Day = day, LeftFen = prepaid.LeftFen, DaysLeft = prepaid.DaysLeft, AtUtc = db.AtUtc });
        var phone = await db.BillingAccounts.Where(a => a.Id == id).Join(db.Customers, a => a.CustomerId, c => c.Id, (_, c) => c.Phone).SingleOrDefaultAsync(ct);
        db.Tell("file", prepaid.Level == PrepaidLevel.Stop ? "prepaid.stop" : "prepaid.low", new Told(prepaid.AccountNumber, prepaid.Level, prepaid.LeftFen, prepaid.DaysLeft, day), phone);
        db.Raise(new PrepaidLow(id, prepaid.Level));
    }
}

/// <summary>Early each day, before the halls open, every prepaid account is looked at.</summary>
sealed class LookAtPrepaid(PrepaidLook look) : IJob
{
    private const int Batch = 500;

    public string Name => "prepaid.look";

    public string Cron => "30 5 * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(Shown.Local(dueAtUtc));
        var (after, afterBucket, looked) = (0L, (short)-1, 0L);
        while (true)
        {
            // Whoever touches an account's money holds its balance first; in one order, so that nobody waits for each other.
            var (account, bucket) = (after, afterBucket);
            var next = await db.AccountBalances.AsNoTracking().Where(b => b.IsPrepaid && (b.Bucket > bucket || b.Bucket == bucket && b.AccountId > account)).OrderBy(b => b.Bucket).ThenBy(b => b.AccountId).Take(Batch)
                .Select(b => new { b.Bucket, b.AccountId }).ToListAsync(ct);
            if (next.Count == 0) return looked;
            (afterBucket, after) = (next[^1].Bucket, next[^1].AccountId);
            var (buckets, ids) = (next.Select(b => b.Bucket).Distinct().ToList(), next.Select(b => b.AccountId).ToList());
            var balances = await db.AccountBalances.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).OrderBy(b => b.Bucket).ThenBy(b => b.AccountId).HoldAll(ct);
            var accounts = await db.PrepaidAccounts.AsTracking().Where(p => buckets.Contains(p.Bucket) && ids.Contains(p.AccountId)).ToDictionaryAsync(p => p.AccountId, ct);
            var owing = await db.CustomerBills.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId) && b.State == BillState.Issued).GroupBy(b => new { b.Bucket, b.AccountId })
                .Select(g => new { g.Key.AccountId, Fen = g.Sum(b => b.AmountFen - b.PaidFen) }).ToDictionaryAsync(g => g.AccountId, g => g.Fen, ct);
            foreach (var balance in balances)
            {
                await look.At(db, accounts[balance.AccountId], balance.Balance, new(owing.GetValueOrDefault(balance.AccountId)), day, ct);
                looked++;
            }
        }
    }
}
