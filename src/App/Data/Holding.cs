using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Finding a row and keeping it: nobody else changes it until the command ends.</summary>
public static class Holding
{
    internal const string Tag = "openhall:hold";
    internal const string SharedTag = "openhall:share";

    /// <summary>Finds the one row and locks it to the end of the command. Hold rows in a fixed order: hall, counter, till,
    /// receipt book, account, bill. On SQLite there is one writer anyway.</summary>
    /// <exception cref="Refused"><paramref name="orRefuse"/> when there is no such row.</exception>
    public static async Task<T> Hold<T>(this IQueryable<T> rows, Expression<Func<T, bool>> which, string orRefuse, CancellationToken ct = default) where T : class =>
        await rows.HoldOrNull(which, ct) ?? throw new Refused(orRefuse);

    public static Task<T?> HoldOrNull<T>(this IQueryable<T> rows, Expression<Func<T, bool>> which, CancellationToken ct = default) where T : class =>
        rows.AsTracking().Where(which).TagWith(Tag).SingleOrDefaultAsync(ct);

    /// <summary>Finds the one row and keeps it from changing to the end of the command; several commands may keep it at once.
    /// Never change a row held like this: two that both do so would wait for each other.</summary>
    public static Task<T?> HoldShared<T>(this IQueryable<T> rows, Expression<Func<T, bool>> which, CancellationToken ct = default) where T : class =>
        rows.AsNoTracking().Where(which).TagWith(SharedTag).SingleOrDefaultAsync(ct);

    /// <summary>Locks all matching rows; the caller has ordered them the same way as everybody else.</summary>
    public static Task<List<T>> HoldAll<T>(this IOrderedQueryable<T> rows, CancellationToken ct = default) where T : class =>
        rows.AsTracking().TagWith(Tag).ToListAsync(ct);
}

/// <summary>Turns the tag of <see cref="Holding"/> into a row lock on PostgreSQL.</summary>
sealed class HoldInterceptor : DbCommandInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result)
    {
        Lock(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData data, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
    {
        Lock(command);
        return new(result);
    }

    private static void Lock(DbCommand command)
    {
        if (command.CommandText.StartsWith("-- " + Holding.Tag, StringComparison.Ordinal)) command.CommandText += "\nFOR UPDATE";
        else if (command.CommandText.StartsWith("-- " + Claiming.Tag, StringComparison.Ordinal)) command.CommandText += "\nFOR UPDATE SKIP LOCKED";
        else if (command.CommandText.StartsWith("-- " + Holding.SharedTag, StringComparison.Ordinal)) command.CommandText += "\nFOR SHARE";
    }
}
