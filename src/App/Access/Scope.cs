using System.Linq.Expressions;

namespace OpenHall.App;

/// <summary>数据范围 in queries: lists show only what the person's scope covers.</summary>
public static class Scope
{
    /// <summary>Rows of units that the person sees.</summary>
    /// <param name="path">The row's unit path, <c>/zj/hz/xh01/</c>.</param>
    /// <param name="owner">Whose row it is: one's own is always seen.</param>
    public static IQueryable<T> Within<T>(this IQueryable<T> rows, Current current, Expression<Func<T, string>> path, Expression<Func<T, Guid?>>? owner = null)
    {
        if (current.Scope == DataScope.All) return rows;
        var row = path.Parameters[0];
        Expression seen = Expression.Constant(false);
        foreach (var unit in current.UnitsSeen)
        {
            Expression<Func<string, bool>> covers = current.Scope == DataScope.OwnUnit ? p => p == unit : p => p.StartsWith(unit);
            seen = Expression.OrElse(seen, new Exchange(covers.Parameters[0], path.Body).Visit(covers.Body)!);
        }

        if (owner is not null)
        {
            var me = current.UserId;
            Expression<Func<Guid?, bool>> mine = id => id == me;
            seen = Expression.OrElse(seen, new Exchange(mine.Parameters[0], new Exchange(owner.Parameters[0], row).Visit(owner.Body)!).Visit(mine.Body)!);
        }

        return rows.Where(Expression.Lambda<Func<T, bool>>(seen, row));
    }

    private sealed class Exchange(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}
