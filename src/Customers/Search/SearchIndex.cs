using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>Keeps an account's keys in step with its data, in the command that changes it.</summary>
static class SearchIndex
{
    public static async Task Replace(HallDb db, IReadOnlyList<SearchTerm> before, IEnumerable<SearchTerm> after, CancellationToken ct)
    {
        var old = before.ToDictionary(Key);
        var now = after.ToDictionary(Key);
        foreach (var gone in old.Where(t => !now.ContainsKey(t.Key)).Select(t => t.Value))
            await db.Set<SearchTerm>().Where(t => t.Term == gone.Term && t.UnitPath == gone.UnitPath && t.AccountId == gone.AccountId).ExecuteDeleteAsync(ct);
        db.AddRange(now.Where(t => !old.ContainsKey(t.Key)).Select(t => t.Value));
    }

    private static (string, string, long) Key(SearchTerm term) => (Encoding.UTF8.GetString(term.Term), term.UnitPath, term.AccountId);
}
