using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>An agreement in the list, with what its bills are today.</summary>
/// <param name="Name">Masked.</param>
public sealed record AgreementRow(AgreementStanding Standing, string Name)
{
    public InstalmentAgreement Agreement => Standing.Agreement;
}

/// <summary>How many agreements there are of each kind, and what is still to come of the active ones.</summary>
/// <param name="Late">Active ones with a part that is due and not paid.</param>
public sealed record AgreementTotals(int Active, int Late, int Kept, int Broken, Money Remaining);

/// <summary>An agreement with everything that its paper says.</summary>
/// <param name="Bills">As they stood when it was signed, oldest first.</param>
public sealed record AgreementView(AgreementStanding Standing, AccountFile File, string Unit, IReadOnlyList<InstalmentBill> Bills)
{
    public InstalmentAgreement Agreement => Standing.Agreement;
}

/// <summary>What a clerk agrees on with a customer: the overdue bills of an account and what they come to today.</summary>
public sealed record AgreementDraft(AccountFile File, IReadOnlyList<BillToday> Overdue, InstalmentAgreement? Active)
{
    public Money Total => new(Overdue.Sum(b => b.Total.Fen));
}

/// <summary>Reads agreements for pages and API.</summary>
public sealed class AgreementList(HallDb db, Current current, CustomerFile files, LateFeeRules lateFees, Halls.UnitNames units, TimeProvider clock)
{
    /// <summary>Active agreements whose parts are looked at for the totals of a page.</summary>
    public const int MostTotalled = 5_000;

    public DateOnly Today => DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime));

    /// <summary>Filters: q (beginning of an account number), state (Active, Kept, Broken, Ended), late (yes: a part is due and not paid).</summary>
    public async Task<(IReadOnlyList<AgreementRow> Rows, long Total, AgreementTotals Totals)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var seen = Seen();
        var byState = await seen.GroupBy(a => a.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var active = await Standings(await seen.Where(a => a.State == AgreementState.Active).OrderBy(a => a.SignedOn).Take(MostTotalled).ToListAsync(ct), ct);
        var totals = new AgreementTotals(byState.GetValueOrDefault(AgreementState.Active), active.Count(s => s.DueNow > Money.Zero), byState.GetValueOrDefault(AgreementState.Kept),
            byState.GetValueOrDefault(AgreementState.Broken) + byState.GetValueOrDefault(AgreementState.Ended), new(active.Sum(s => s.Remaining.Fen)));
        if (query["late"] == "yes")
        {
            var late = active.Where(s => s.DueNow > Money.Zero && s.Agreement.AccountNumber.StartsWith(query.Search, StringComparison.Ordinal)).ToList();
            return (await Rows([.. late.Skip(query.Skip).Take(query.Size)], ct), late.Count, totals);
        }

        var rows = Filtered(seen, query);
        return (await Rows(await Standings(await rows.PageOf(query).ToListAsync(ct), ct), ct), await rows.CountAsync(ct), totals);
    }

    /// <summary>All pages, at most <see cref="ListExport.MaxRows"/>.</summary>
    public async Task<IReadOnlyList<AgreementRow>> All(ListQuery query, CancellationToken ct = default)
    {
        current.Require("arrears.see");
        var standings = await Standings(await Filtered(Seen(), query).Take(ListExport.MaxRows).ToListAsync(ct), ct);
        return await Rows([.. standings.Where(s => query["late"] != "yes" || s.Agreement.State == AgreementState.Active && s.DueNow > Money.Zero)], ct);
    }

    /// <summary>An account's agreements, newest first.</summary>
    public async Task<IReadOnlyList<AgreementStanding>> OfAccount(long accountId, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var bucket = Books.BucketOf(accountId);
        return await Standings(await db.InstalmentAgreements.Where(a => a.Bucket == bucket && a.AccountId == accountId).OrderByDescending(a => a.Sequence).Take(AccountBills.MostShown).ToListAsync(ct), ct);
    }

    /// <exception cref="Refused">agreement.not_found; account.not_found</exception>
    public async Task<AgreementView> Of(long accountId, short sequence, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var bucket = Books.BucketOf(accountId);
        var agreement = await db.InstalmentAgreements.SingleOrDefaultAsync(a => a.Bucket == bucket && a.AccountId == accountId && a.Sequence == sequence, ct) ?? throw new Refused("agreement.not_found");
        var file = await files.OfAccount(agreement.AccountNumber, ct);
        var bills = await db.InstalmentBills.Where(b => b.Bucket == bucket && b.AccountId == accountId && b.Sequence == sequence).OrderBy(b => b.Period).ToListAsync(ct);
        await units.Read(ct);
        return new(await AgreementStanding.Of(db, agreement, Today, lateFees, ct), file, units.Of(agreement.UnitPath), bills);
    }

    /// <exception cref="Refused">account.not_found</exception>
    public async Task<AgreementDraft> Draft(string accountNumber, CancellationToken ct = default)
    {
        current.Require("instalment.agree");
        var file = await files.OfAccount(accountNumber, ct);
        var (bucket, id, today) = (file.Account.Bucket, file.Account.Id, Today);
        var bills = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued && b.DueDate < today).OrderBy(b => b.DueDate).Take(InstalmentAgreement.MostBills).ToListAsync(ct);
        var active = await db.InstalmentAgreements.SingleOrDefaultAsync(a => a.Bucket == bucket && a.AccountId == id && a.State == AgreementState.Active, ct);
        return new(file, [.. bills.Select(b => new BillToday(b, b.LateFeeOn(today, lateFees)))], active);
    }

    private IQueryable<InstalmentAgreement> Seen()
    {
        var seen = db.BillingAccounts.SeenBy(current);
        return current.Scope == DataScope.All ? db.InstalmentAgreements : db.InstalmentAgreements.Where(g => seen.Any(a => a.Bucket == g.Bucket && a.Id == g.AccountId));
    }

    private static IOrderedQueryable<InstalmentAgreement> Filtered(IQueryable<InstalmentAgreement> rows, ListQuery query)
    {
        if (query.Search.Length > 0) rows = rows.Where(a => a.AccountNumber.StartsWith(query.Search));
        if (Enum.TryParse<AgreementState>(query["state"], out var state)) rows = rows.Where(a => a.State == state);
        return rows.OrderByDescending(a => a.SignedOn).ThenBy(a => a.Bucket).ThenBy(a => a.AccountId).ThenBy(a => a.Sequence);
    }

    private async Task<IReadOnlyList<AgreementStanding>> Standings(IReadOnlyList<InstalmentAgreement> agreements, CancellationToken ct)
    {
        if (agreements.Count == 0) return [];
        var (buckets, ids) = (agreements.Select(a => a.Bucket).Distinct().ToList(), agreements.Select(a => a.AccountId).Distinct().ToList());
        var parts = (await db.InstalmentParts.Where(p => buckets.Contains(p.Bucket) && ids.Contains(p.AccountId)).ToListAsync(ct)).ToLookup(p => (p.AccountId, p.Sequence));
        var agreed = (await db.InstalmentBills.Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId)).ToListAsync(ct)).ToLookup(b => (b.AccountId, b.Sequence));
        var periods = agreed.SelectMany(g => g.Select(b => b.Period)).Distinct().ToList();
        var bills = (await db.CustomerBills.AsNoTracking().Where(b => buckets.Contains(b.Bucket) && ids.Contains(b.AccountId) && periods.Contains(b.Period)).ToListAsync(ct)).ToLookup(b => b.Key);
        return [.. agreements.Select(a => AgreementStanding.Of(a, parts[(a.AccountId, a.Sequence)], agreed[(a.AccountId, a.Sequence)], agreed[(a.AccountId, a.Sequence)].SelectMany(b => bills[b.Key]), Today, lateFees))];
    }

    private async Task<IReadOnlyList<AgreementRow>> Rows(IReadOnlyList<AgreementStanding> standings, CancellationToken ct)
    {
        var ids = standings.Select(s => s.Agreement.AccountId).Distinct().ToList();
        var names = await AccountOwner.Names(db, ids, ct);
        return [.. standings.Select(s => new AgreementRow(s, names[s.Agreement.AccountId]))];
    }
}
