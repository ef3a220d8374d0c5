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
        DataScope.OwnUnitAndBelow => [new(current.UnitPath, AndBelow: true)],
        DataScope.Chosen => [.. ChosenOf(current).Select(path => new UnitReach(path, AndBelow: true))],
        DataScope.OwnUnit => [new(current.UnitPath, AndBelow: false)],
        // Of oneself only: no customer is one's own.
        _ => [],
    };

    private static IEnumerable<string> ChosenOf(Current current) => [current.UnitPath];

    public static bool Covers(Current current, string unitPath) => Of(current) is not { } units || units.Any(u => u.Covers(unitPath));

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
public sealed record UnitReach(string Path, bool AndBelow)
{
    public bool Covers(string unitPath) => AndBelow ? unitPath.StartsWith(Path, StringComparison.Ordinal) : unitPath == Path;
}
