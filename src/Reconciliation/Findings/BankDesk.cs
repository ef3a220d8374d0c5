using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Reads accounts, statements, lines and differences for pages and programs, within the person's reach.</summary>
public sealed class BankDesk(HallDb db, Current current)
{
    /// <summary>Statements and lines shown at once.</summary>
    public const int MostShown = 200;

    /// <param name="Open">Differences that nobody has explained yet.</param>
    public sealed record AccountRow(MoneyAccount Account, string? HallName, DateOnly? From, DateOnly? To, int Lines, int Matched, int Open, long? ClosingFen)
    {
        /// <summary>Lines without their other side.</summary>
        public int Unmatched => Lines - Matched;
    }

    public sealed record LineRow(StatementLine Line, MatchReason? Reason, string? Against, FindingState? Finding);

    public sealed record StatementView(Statement Statement, MoneyAccount Account, IReadOnlyList<LineRow> Lines, long Total);

    public async Task<IReadOnlyList<AccountRow>> Accounts(CancellationToken ct = default)
    {
        current.Require("bank.see");
        var accounts = await db.AccountsOf(current).OrderBy(a => a.Kind).ThenBy(a => a.Name).ToListAsync(ct);
        var halls = await db.HallsInReach(current).ToListAsync(ct);
        var rows = new List<AccountRow>();
        foreach (var account in accounts)
        {
            var of = db.Statements.Where(s => s.MoneyAccountId == account.Id && s.State == StatementState.Imported && s.ToDay != null);
            var (from, last) = (await of.MinAsync(s => s.FromDay, ct), await of.OrderByDescending(s => s.ToDay).ThenByDescending(s => s.Id).Select(s => new { s.ToDay, s.ClosingFen }).FirstOrDefaultAsync(ct));
            rows.Add(new(account, halls.Find(h => h.Id == account.HallId)?.Name.ToString(), from, last?.ToDay, await db.StatementLines.CountAsync(l => l.MoneyAccountId == account.Id, ct),
                await db.StatementMatches.CountAsync(m => m.MoneyAccountId == account.Id && m.LineId != null, ct), await db.MoneyFindings.CountAsync(f => f.MoneyAccountId == account.Id && f.State == FindingState.Open, ct), last?.ClosingFen));
        }

        return rows;
    }

    public async Task<IReadOnlyList<(Statement Statement, string Account)>> Statements(CancellationToken ct = default)
    {
        current.Require("bank.see");
        var rows = await (from s in db.Statements join a in db.AccountsOf(current) on s.MoneyAccountId equals a.Id orderby s.Id descending select new { s, a.Name }).Take(MostShown).ToListAsync(ct);
        return [.. rows.Select(r => (r.s, r.Name))];
    }

    /// <exception cref="Refused">statement.not_found</exception>
    public async Task<StatementView> StatementOf(Guid id, ListQuery query, CancellationToken ct = default)
    {
        current.Require("bank.see");
        var statement = await db.Statements.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new Refused("statement.not_found");
        var account = await db.AccountsOf(current).SingleOrDefaultAsync(a => a.Id == statement.MoneyAccountId, ct) ?? throw new Refused("statement.not_found");
        var all = db.StatementLines.Where(l => l.StatementId == id);
        if (query["state"] == "open") all = all.Where(l => !db.Set<StatementMatch>().Any(m => m.LineId == l.Id));
        if (query.Search.Length > 0) all = all.Where(l => l.Reference.Contains(query.Search) || l.OrderReference.Contains(query.Search) || l.Party.Contains(query.Search) || l.Note.Contains(query.Search));
        var lines = await all.OrderBy(l => l.Line).PageOf(query).ToListAsync(ct);
        var ids = lines.Select(l => l.Id).ToList();
        var matches = await db.StatementMatches.Where(m => m.LineId != null && ids.Contains(m.LineId.Value)).ToDictionaryAsync(m => m.LineId!.Value, ct);
        var groups = matches.Values.Select(m => m.GroupId).ToList();
        var items = (await db.StatementMatches.Where(m => groups.Contains(m.GroupId) && m.ItemKey != null).Select(m => new { m.GroupId, m.Number }).ToListAsync(ct)).ToLookup(m => m.GroupId, m => m.Number);
        var findings = await db.MoneyFindings.Where(f => f.LineId != null && ids.Contains(f.LineId.Value) && f.State != FindingState.Vanished).Select(f => new { f.LineId, f.State }).ToListAsync(ct);
        return new(statement, account, [.. lines.Select(l => new LineRow(l, matches.GetValueOrDefault(l.Id)?.Reason, matches.TryGetValue(l.Id, out var m) ? Named([.. items[m.GroupId]]) : null, findings.Find(f => f.LineId == l.Id)?.State))], await all.LongCountAsync(ct));
    }

    /// <summary>Differences, the most urgent first; filters <c>state</c>, <c>kind</c>, <c>account</c>, <c>mine</c>.</summary>
    public IQueryable<MoneyFinding> Findings(ListQuery query)
    {
        current.Require("bank.see");
        var (accounts, halls) = (db.AccountsOf(current), db.HallsInReach(current));
        var rows = db.MoneyFindings.Where(f => accounts.Any(a => a.Id == f.MoneyAccountId) && (f.HallId == null || halls.Any(h => h.Id == f.HallId)));
        var state = Enum.TryParse<FindingState>(query["state"], out var asked) ? asked : FindingState.Open;
        rows = rows.Where(f => f.State == state);
        if (Enum.TryParse<FindingKind>(query["kind"], out var kind)) rows = rows.Where(f => f.Kind == kind);
        if (Guid.TryParse(query["account"], out var account)) rows = rows.Where(f => f.MoneyAccountId == account);
        if (query["mine"] == "true") rows = rows.Where(f => f.OwnerId == current.UserId);
        if (query.Search.Length > 0) rows = rows.Where(f => f.Number.Contains(query.Search) || f.Party.Contains(query.Search) || f.OwnerName.Contains(query.Search));
        return rows.OrderBy(f => f.DueOn).ThenBy(f => f.Day).ThenBy(f => f.Id);
    }

    private static string Named(IReadOnlyList<string> numbers) => numbers.Count <= 3 ? string.Join(' ', numbers) : $"{numbers[0]} … {numbers[^1]} ({numbers.Count})";
}
