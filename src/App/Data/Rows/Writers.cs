using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Where commands write. On PostgreSQL each has a connection of the pool; on SQLite, which has one writer at a time, all take turns at one.
/// The contexts are kept from command to command: making one costs more than many a command does with it.</summary>
public sealed class Writers(IDbContextFactory<HallDb> databases, Database database) : IAsyncDisposable
{
    private readonly ConcurrentBag<HallDb> _free = [];
    private readonly SqliteWriter? _sqlite = database.IsPostgres ? null : new(databases);

    /// <summary>Begins one command's transaction; on SQLite it waits for its turn.</summary>
    /// <param name="isQuick">It may share its commit with others of its kind that wait at the same moment.</param>
    internal async Task<Writing> Begin(CancellationToken ct, bool isQuick = false)
    {
        if (_sqlite is not null) return await _sqlite.Begin(isQuick, ct);
        var db = _free.TryTake(out var free) ? free : await databases.CreateDbContextAsync(ct);
        try
        {
            // A command is whole or not at all: no part of it is ever taken back alone.
            db.Database.AutoSavepointsEnabled = false;
            return new PostgresWriting(this, db, await db.Database.BeginTransactionAsync(ct));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    internal void GiveBack(HallDb db)
    {
        db.Renew();
        _free.Add(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sqlite is not null) await _sqlite.DisposeAsync();
        while (_free.TryTake(out var db)) await db.DisposeAsync();
    }
}

/// <summary>One command's transaction, for EF and for statements written by hand alike. Undone unless it was committed.</summary>
abstract class Writing(HallDb db) : IAsyncDisposable
{
    public HallDb Db => db;

    public abstract bool IsPostgres { get; }

    /// <summary>It ended as it should, or was refused: its context can be used again.</summary>
    public bool IsWell { get; set; }

    /// <summary>Runs statements in their order: in one round trip on PostgreSQL, prepared once on SQLite.</summary>
    /// <exception cref="DbException">As the database says it.</exception>
    /// <exception cref="InvalidOperationException">A row that was held is gone.</exception>
    public async Task Run(IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        if (statements.Count == 0) return;
        await Send(statements, ct);
        Measures.ByHand(statements.Count);
        foreach (var statement in statements)
            if (statement.Rows is { } rows && statement.Touched != rows) throw new InvalidOperationException($"A row that was held is not there any more: {statement.Text.Sql}");
    }

    /// <summary>Returns when the command's work is on the disk.</summary>
    public abstract Task Commit(CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    protected abstract Task Send(IReadOnlyList<Statement> statements, CancellationToken ct);
}
