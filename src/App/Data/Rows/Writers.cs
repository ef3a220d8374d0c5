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
    private readonly PostgresTogether? _together = database.IsPostgres ? new(database.ConnectionString) : null;

    /// <summary>Begins one command's transaction; on SQLite it waits for its turn.</summary>
    /// <param name="isQuick">It may share its transaction with others of its kind that come at the same moment.</param>
    internal async Task<Writing> Begin(CancellationToken ct, bool isQuick = false)
    {
        if (_sqlite is not null) return await _sqlite.Begin(isQuick, ct);
        var db = _free.TryTake(out var free) ? free : await databases.CreateDbContextAsync(ct);
        if (isQuick)
        {
            db.IsShared = true;
            return new TogetherWriting(_together!, this, db);
        }

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
    private short _lane;
    private Held<AuditHead>? _head;

    public HallDb Db => db;

    public abstract bool IsPostgres { get; }

    /// <summary>Others write in the same transaction: it asks nothing beyond what it gathered.</summary>
    public virtual bool IsShared => false;

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
        foreach (var statement in statements) statement.Check();
    }

    /// <summary>Reads and holds what the command named.</summary>
    /// <param name="lane">Of the audit trail. Where what was named is all there is to hold, its end is held with it, as the last; else it waits for what the command holds by itself.</param>
    public virtual async Task Gather(Gathering gathering, short lane, CancellationToken ct)
    {
        (_lane, _head) = (lane, gathering.HasAny ? Audit.HoldHead(gathering, lane) : null);
        await Run(gathering.Take(), ct);
    }

    /// <summary>Writes what the command changed and inserted and its line of the audit trail; returns when it is on the disk.</summary>
    public virtual async Task Finish(Gathering gathering, Func<AuditHead, AuditLine> line, CancellationToken ct)
    {
        var head = await Audit.EndOf(_lane, _head, gathering, this, ct);
        Db.Insert(line(head.OrNull!));
        await Run([.. gathering.Changes(), .. Db.Inserts()], ct);
        await Commit(ct);
    }

    /// <summary>Returns when the command's work is on the disk.</summary>
    public abstract Task Commit(CancellationToken ct);

    public abstract ValueTask DisposeAsync();

    protected abstract Task Send(IReadOnlyList<Statement> statements, CancellationToken ct);
}
