using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>What the counter's one search box finds, masked.</summary>
/// <param name="IsExact">The words are one of its keys as a whole: what a scanner means.</param>
public sealed record AccountHit(string AccountNumber, string CustomerNumber, string Name, string Phone, string Address, string MeterNumber, AccountState State, bool IsExact);

/// <summary>查找客户: account number, name, pinyin or its initials, telephone, meter number, address. Exact matches first.</summary>
public sealed class FindAccounts(HallDb db, Current current)
{
    /// <summary>Accounts shown.</summary>
    public const int MostHits = 20;

    /// <summary>Keys looked through for a person who sees a part of the accounts.</summary>
    public const int MostScanned = 20_000;

    /// <summary>Accounts compared with the further words of a search of several words.</summary>
    public const int MostCompared = 500;

    /// <exception cref="Kernel.Refused">signin.needed; permission.missing</exception>
    public async Task<IReadOnlyList<AccountHit>> Find(string? typed, CancellationToken ct = default)
    {
        current.Require("customers.see");
        var words = (typed ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SearchTerms.Normalise).Where(w => w.Length > 0).OrderByDescending(w => Encoding.UTF8.GetByteCount(w)).ToList();
        if (words.Count == 0) return [];
        var whole = SearchTerms.Normalise(typed!);
        var isMany = words.Count > 1;
        var found = await Prefix(whole, MostHits, ct);
        if (isMany && found.Count < MostHits) found.AddRange((await Prefix(words[0], MostCompared, ct)).Where(f => found.All(g => g.Id != f.Id)));
        if (found.Count == 0) return [];

        var ids = found.Select(f => f.Id).ToList();
        var rows = await (
            from a in db.BillingAccounts
            join c in db.Customers on a.CustomerId equals c.Id
            join p in db.SupplyPoints on a.Id equals p.AccountId
            where ids.Contains(a.Id)
            select new { a, c, p }).ToDictionaryAsync(r => r.a.Id, ct);
        return [.. found.Where(f => rows.ContainsKey(f.Id)).Select(f => (f, r: rows[f.Id]))
            .Where(x => !isMany || x.f.Term.StartsWith(whole, StringComparison.Ordinal) || HasAll(words, SearchTerms.Of(x.r.a, x.r.c, x.r.p)))
            .Take(MostHits)
            .Select(x => new AccountHit(x.r.a.Number, x.r.c.Number, x.r.c.MaskedName, x.r.c.MaskedPhone, Kernel.Masked.Address(x.r.p.Address), x.r.p.MeterNumber, x.r.a.State, x.f.Term == whole))];
    }

    private static bool HasAll(List<string> words, IReadOnlyCollection<string> terms) => words.TrueForAll(w => terms.Any(t => t.StartsWith(w, StringComparison.Ordinal)));

    /// <summary>Accounts with a key that begins so, in the order of the keys: the exact ones come first by themselves.</summary>
    private async Task<List<(long Id, string Term)>> Prefix(string prefix, int most, CancellationToken ct)
    {
        var found = new List<(long Id, string Term)>(most);
        if (prefix.Length == 0) return found;
        var from = Encoding.UTF8.GetBytes(prefix);
        var to = from.ToArray();
        to[^1]++;
        await using var open = await db.Open(ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var reach = Reach.Of(current);
        // An account may have several keys of one beginning, so more keys are read than accounts shown.
        command.CommandText = reach is null
            ? $"select account_id, term from customer_search_terms where term >= @from and term < @to order by term limit {most * 3}"
            : $"select account_id, term from (select account_id, term, unit_path from customer_search_terms where term >= @from and term < @to order by term limit {MostScanned}) t where {Condition(command, reach)} order by term limit {most * 3}";
        Add(command, "@from", from);
        Add(command, "@to", to);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seen = new HashSet<long>();
        while (found.Count < most && await reader.ReadAsync(ct))
        {
            if (seen.Add(reader.GetInt64(0))) found.Add((reader.GetInt64(0), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(1))));
        }

        return found;
    }

    private static string Condition(DbCommand command, IReadOnlyList<UnitReach> reach)
    {
        if (reach.Count == 0) return "1 = 0";
        for (var i = 0; i < reach.Count; i++) Add(command, "@unit" + i, reach[i].Path);
        return string.Join(" or ", reach.Select((unit, i) => unit.AndBelow ? $"substr(unit_path, 1, length(@unit{i})) = @unit{i}" : $"unit_path = @unit{i}"));
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
