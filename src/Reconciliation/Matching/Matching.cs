using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Compares an account's open lines with what the books expect there, writes what agrees, and makes findings of what does not.</summary>
public sealed class Matching(StatementTerms terms)
{
    private const int MaxNumber = 64;

    /// <summary>Runs inside a command that holds the account.</summary>
    /// <returns>Groups that agreed, and differences that are new.</returns>
    internal async Task<(int Matched, int Findings)> Run(HallDb db, MoneyAccount account, Current current, CancellationToken ct)
    {
        var covered = await db.Statements.Where(s => s.MoneyAccountId == account.Id && s.State == StatementState.Imported && s.FromDay != null).Select(s => new { From = s.FromDay!.Value, To = s.ToDay!.Value }).ToListAsync(ct);
        var open = await db.StatementLines.Where(l => l.MoneyAccountId == account.Id && !db.Set<StatementMatch>().Any(m => m.LineId == l.Id)).OrderBy(l => l.Day).ThenBy(l => l.SecondOfDay ?? -1).ThenBy(l => l.Line).ToListAsync(ct);
        var findings = await db.MoneyFindings.AsTracking().Where(f => f.MoneyAccountId == account.Id && f.State != FindingState.Vanished).ToListAsync(ct);
        var settledLines = findings.Where(f => f.State == FindingState.Settled).Select(f => f.LineId).OfType<Guid>().ToHashSet();
        var settledItems = findings.Where(f => f.State == FindingState.Settled).Select(f => f.ItemKey).OfType<string>().ToHashSet();
        open.RemoveAll(l => settledLines.Contains(l.Id));
        if (covered.Count == 0) return (0, 0);
        var isBank = account.Kind == MoneyAccountKind.Bank;
        var wait = isBank ? terms.SettleDays : 0;
        var unsettled = findings.Where(f => f.State == FindingState.Open && f.ItemKey is not null).Select(f => f.Day).ToList();
        var from = covered.Select(c => c.From).Concat(unsettled).Min().AddDays(isBank ? -terms.MatchDays : -1);
        var to = covered.Max(c => c.To);
        var items = (await BookItems.Open(db, account, from, to, ct)).Where(i => !settledItems.Contains(i.Key)).ToList();
        var groups = new Dictionary<(Guid, DateOnly), int>();
        int GroupOf(BookItem item) => !isBank || !item.Key.StartsWith("card:", StringComparison.Ordinal) ? 0 : groups.TryGetValue((item.HallId, item.Day), out var group) ? group : groups[(item.HallId, item.Day)] = groups.Count + 1;
        var matches = Matcher.Of(
            [.. open.Select(l => new MatchLine(l.Day, l.AmountFen, l.Reference, Plain(l.OrderReference), l.Note, l.FeeFen))],
            [.. items.Select(i => new MatchItem(i.Day, i.AmountFen, i.Reference, i.OrderReference, GroupOf(i)))],
            new(!isBank, isBank ? 0 : 1, isBank ? terms.MatchDays : 1));
        await db.InsertMany(matches.Found.SelectMany(m => Rows(m, open, items, account, isBank, db.AtUtc, current.Name)), ct);

        var there = findings.Where(f => f.State == FindingState.Open).ToList();
        var wanted = new List<MoneyFinding>();
        MoneyFinding Found(FindingKind kind, StatementLine? line, BookItem? item) => MoneyFinding.Of(kind, account, line, item, current, terms.DueOn(DateOnly.FromDateTime(Shown.Local(db.AtUtc))), db.AtUtc);
        wanted.AddRange(matches.Differing.Select(d => Found(FindingKind.AmountDiffers, open[d.Line], items[d.Item])));
        wanted.AddRange(matches.Twice.Select(l => Found(FindingKind.LineTwice, open[l], null)));
        wanted.AddRange(matches.OpenLines.Select(l => Found(FindingKind.OnlyInStatement, open[l], null)));
        wanted.AddRange(matches.OpenItems.Select(i => items[i]).Where(i => covered.Any(c => c.From <= i.Day && i.Day <= c.To) && i.Day.AddDays(wait) <= to).Select(i => Found(FindingKind.OnlyInBooks, null, i)));
        var known = there.Select(f => f.What).ToHashSet();
        var still = wanted.Select(f => f.What).ToHashSet();
        foreach (var gone in there.Where(f => !still.Contains(f.What))) gone.Vanish(db.AtUtc);
        var fresh = wanted.Where(f => !known.Contains(f.What)).ToList();
        db.AddRange(fresh);
        return (matches.Found.Count, fresh.Count);
    }

    private static IEnumerable<StatementMatch> Rows(Agreed match, List<StatementLine> lines, List<BookItem> items, MoneyAccount account, bool withFees, DateTime at, string by)
    {
        var group = Guid.CreateVersion7();
        foreach (var l in match.Lines.Select(l => lines[l]))
        {
            yield return new()
            {
                GroupId = group, MoneyAccountId = account.Id, LineId = l.Id, AmountFen = l.AmountFen + (withFees ? l.FeeFen ?? 0 : 0), Day = l.Day, Reason = match.Reason, AtUtc = at, ByName = by,
                Number = l.Reference.Length > 0 ? l.Reference : l.OrderReference,
            };
        }

        foreach (var i in match.Items.Select(i => items[i]))
        {
            yield return new()
            {
                GroupId = group, MoneyAccountId = account.Id, ItemKey = i.Key, AmountFen = i.AmountFen, Day = i.Day, Number = i.Number.Length <= MaxNumber ? i.Number : i.Number[..MaxNumber], Reason = match.Reason, AtUtc = at, ByName = by,
            };
        }
    }

    private static string Plain(string reference) => reference.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>对账: compares an account anew, after payments were put right or a finding was looked into.</summary>
public sealed class CompareAccount(Work work, Matching matching, Current current)
{
    [Needs("bank.import")]
    public sealed record Command(Guid RequestId, Guid MoneyAccountId) : ICommand;

    public sealed record Compared(int Matched, int Findings);

    /// <exception cref="Refused">money_account.not_found</exception>
    public Task<Compared> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.If(!await db.AccountsOf(current).AnyAsync(a => a.Id == c.MoneyAccountId, ct), "money_account.not_found");
        var account = await db.MoneyAccounts.Hold(a => a.Id == c.MoneyAccountId, orRefuse: "money_account.not_found", ct);
        var (matched, findings) = await matching.Run(db, account, current, ct);
        db.Subject = account.Number;
        db.Raise(new AccountCompared(account.Id, matched, findings));
        return new Compared(matched, findings);
    }, ct);
}

/// <summary>An account was compared with the books.</summary>
public sealed record AccountCompared(Guid MoneyAccountId, int Matched, int Findings);
