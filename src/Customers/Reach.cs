using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>数据范围 on accounts: whose accounts a person sees.</summary>
public static class Reach
{
    /// <summary>Paths of the units whose accounts are seen; null: all of them.</summary>
    public static IReadOnlyList<UnitReach>? Of(Current current) => current.Scope switch
    {
        DataScope.All => null,
        // Of oneself only: no unit is seen, and no customer is one's own.
        _ => [.. current.UnitsSeen.Select(path => new UnitReach(path, AndBelow: current.Scope != DataScope.OwnUnit))],
    };

    public static bool Covers(Current current, string unitPath) => current.Covers(unitPath);

    /// <summary>Only the accounts that the person sees.</summary>
    public static IQueryable<BillingAccount> SeenBy(this IQueryable<BillingAccount> accounts, Current current)
    {
        if (Of(current) is not { } units) return accounts;
        var exact = units.Where(u => !u.AndBelow).Select(u => u.Path).ToList();
        var below = units.Where(u => u.AndBelow).Select(u => u.Path).ToList();
        return accounts.Where(a => exact.Contains(a.UnitPath) || below.Any(path => EF.Functions.Like(a.UnitPath, path + "%")));
    }
}

/// <param name="Path">Unit path, <c>/province/city/</c>.</param>
/// <param name="AndBelow">Its units too.</param>
public sealed record UnitReach(string Path, bool AndBelow);
