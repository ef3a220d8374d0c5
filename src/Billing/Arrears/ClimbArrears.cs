using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Lets accounts climb the ladder, part by part: each that has overdue bills goes at most one step a day, each that has none any more begins anew.
/// Safe to run twice and on several nodes: the account's balance row is held, and a step's row has its key once.</summary>
public sealed class ClimbArrears(IDbContextFactory<HallDb> databases, Work work, ArrearsLadder ladder, LateFeeRules lateFees, IEnumerable<BillsWaiting> waits, Current current)
{
    /// <summary>Accounts held at once.</summary>
    public const int AccountsOfChunk = 200;

    [Needs("arrears.climb")]
    public sealed record Chunk(Guid RequestId, Guid ClimbId, int Number) : ICommand;

    private sealed record Account(long Id, short Bucket, string Number, string UnitPath, CustomerKind Kind);

    /// <summary>Works until all accounts have been looked at.</summary>
    /// <exception cref="Refused">climb.not_found</exception>
    public async Task<ArrearsClimb> Continue(Guid climbId, CancellationToken ct = default)
    {
        while (true)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var climb = await db.ArrearsClimbs.AsNoTracking().SingleOrDefaultAsync(k => k.Id == climbId, ct) ?? throw new Refused("climb.not_found");
            if (climb.State == ClimbState.Done) return climb;
            await Handle(new(RateChunk.IdOf(climbId, "climb", climb.Chunks), climbId, climb.Chunks), ct);
        }
    }

    /// <returns>Steps reached.</returns>
    public Task<int> Handle(Chunk c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var climb = await db.ArrearsClimbs.Hold(k => k.Id == c.ClimbId, orRefuse: "climb.not_found", ct);
        if (climb.State == ClimbState.Done || climb.Chunks != c.Number) return 0;
        var accounts = await NextAccounts(db, climb, ct);
        var (overdue, reached, orders) = accounts.Count == 0 ? default : await Climb(db, accounts, climb.Day, ct);
        var (bucket, account) = accounts.Count == 0 ? (climb.AfterBucket, climb.AfterAccount) : (accounts[^1].Bucket, accounts[^1].Id);
        climb.Advance(bucket, account, overdue, reached, orders);
        db.Subject = Shown.Text(climb.Day);
        if (accounts.Count < AccountsOfChunk)
        {
            climb.Finish(db.AtUtc);
            db.Raise(new ArrearsClimbed(climb.Id, climb.Notices, climb.Orders));
        }

        return reached;
    }, ct);

    private async Task<(int Overdue, int Reached, int Orders)> Climb(HallDb db, List<Account> accounts, DateOnly day, CancellationToken ct)
    {
        var (buckets, ids) = (accounts.Select(a => a.Bucket).Distinct().ToList(), accounts.Select(a => a.Id).ToList());
        // Whoever touches an account's money holds its balance first; in one order, so that nobody waits for each other.
        var balances = (await db.AccountBalances.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).OrderBy(b => b.Bucket).ThenBy(b => b.AccountId).HoldAll(ct)).ToDictionary(b => b.AccountId);
        var bills = (await db.CustomerBills.AsNoTracking().Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId) && b.State == BillState.Issued && b.DueDate < day).ToListAsync(ct)).ToLookup(b => b.AccountId);
        var notices = (await db.ArrearsNotices.AsNoTracking().Where(n => buckets.Contains(n.Bucket) && ids.Contains(n.AccountId)).ToListAsync(ct)).ToLookup(n => n.AccountId);
        var agreements = (await db.InstalmentAgreements.AsTracking().Where(a => buckets.Contains(a.Bucket) && ids.Contains(a.AccountId) && a.State == AgreementState.Active).ToListAsync(ct)).ToDictionary(a => a.AccountId);
        var onTheirWay = new HashSet<BillKey>();
        foreach (var wait in waits) onTheirWay.UnionWith(await wait.Of(db, buckets, ids, day, ct));
        var (overdue, reached, orders) = (0, 0, 0);
        foreach (var account in accounts)
        {
            if (!balances.TryGetValue(account.Id, out var balance)) continue;
            if (!bills[account.Id].Any())
            {
                balance.EndArrears(db);
                continue;
            }

            overdue++;
            // What is agreed to be paid in parts waits, as long as the agreement is kept.
            var waiting = agreements.TryGetValue(account.Id, out var agreement) && !await IsBroken(db, agreement, balance, bills[account.Id], day, ct) ? agreement.Sequence : (short?)null;
            var asked = bills[account.Id].Where(b => (waiting is null || b.AgreedIn != waiting) && !onTheirWay.Contains(b.Key)).ToList();
            if (asked.Count == 0 || Reach(account, balance, asked, notices[account.Id], day, db.AtUtc) is not { } notice) continue;
            db.Add(notice);
            reached++;
            if (notice.Kind != ArrearsStepKind.SuspensionOrder) continue;
            db.Add(new SuspensionOrder
            {
                Bucket = account.Bucket, AccountId = account.Id, AccountNumber = account.Number, UnitPath = account.UnitPath, Episode = notice.Episode, OwingFen = notice.Total.Fen, OrderedOn = day,
            });
            orders++;
        }

        return (overdue, reached, orders);
    }

    /// <summary>A part that was missed by more than the days of grace ends the agreement: everything is due again.</summary>
    private async Task<bool> IsBroken(HallDb db, InstalmentAgreement agreement, AccountBalance balance, IEnumerable<CustomerBill> read, DateOnly day, CancellationToken ct)
    {
        var standing = await AgreementStanding.Of(db, agreement, day, lateFees, ct);
        if (standing.Missed is not { } missed) return false;
        agreement.Break(missed.Part.Part, current.Name, db.AtUtc);
        await AgreementEnds.Undo(db, agreement, balance, ct);
        foreach (var bill in read) bill.Disagree();
        return true;
    }

    private static async Task<List<Account>> NextAccounts(HallDb db, ArrearsClimb climb, CancellationToken ct)
    {
        var (afterBucket, afterAccount, day, below) = (climb.AfterBucket, climb.AfterAccount, climb.Day, climb.UnitPath + "%");
        var (bills, balances) = (db.CustomerBills, db.AccountBalances);
        var next = db.BillingAccounts.Where(a => EF.Functions.Like(a.UnitPath, below) && (a.Bucket > afterBucket || a.Bucket == afterBucket && a.Id > afterAccount))
            .Where(a => bills.Any(b => b.Bucket == a.Bucket && b.AccountId == a.Id && b.State == BillState.Issued && b.DueDate < day)
                || balances.Any(b => b.Bucket == a.Bucket && b.AccountId == a.Id && b.ArrearsStep != null))
            .OrderBy(a => a.Bucket).ThenBy(a => a.Id).Take(AccountsOfChunk);
        var found = await next.Join(db.Customers, a => a.CustomerId, k => k.Id, (a, k) => new Account(a.Id, a.Bucket, a.Number, a.UnitPath, k.Kind)).ToListAsync(ct);
        return [.. found.OrderBy(a => a.Bucket).ThenBy(a => a.Id)];
    }

    private ArrearsNotice? Reach(Account account, AccountBalance balance, IReadOnlyList<CustomerBill> bills, IEnumerable<ArrearsNotice> notices, DateOnly day, DateTime atUtc)
    {
        var climbed = balance.ArrearsStep is null ? [] : notices.Where(n => n.Episode == balance.ArrearsEpisode).ToList();
        if (ladder.Next(account.Kind, climbed.Count) is not { } step) return null;
        var oldest = bills.Min(b => b.DueDate);
        var (owing, lateFee) = (bills.Sum(b => b.Owing.Fen), bills.Sum(b => b.LateFeeOn(day, lateFees).Fen));
        int? since = climbed.Count == 0 ? null : day.DayNumber - climbed.Max(n => n.Day).DayNumber;
        if (!step.IsReached(day.DayNumber - oldest.DayNumber, new(owing + lateFee), since)) return null;
        balance.Climb(step.Code);
        return new()
        {
            Bucket = account.Bucket, AccountId = account.Id, Episode = balance.ArrearsEpisode, Step = (short)(climbed.Count + 1), Code = step.Code, Kind = step.Kind, Day = day,
            OldestDue = oldest, Bills = (short)Math.Min(bills.Count, short.MaxValue), OwingFen = owing, LateFeeFen = lateFee, AtUtc = atUtc,
        };
    }
}

/// <summary>All accounts of a unit were looked at.</summary>
public sealed record ArrearsClimbed(Guid ClimbId, int Notices, int Orders);
