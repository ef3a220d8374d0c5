using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace OpenHall.App;

/// <summary>SQLite's one writer. Commands wait in line: that is fair and wakes at once, where SQLite's own waiting polls. Quick commands that wait at
/// the same moment share one transaction and so one wait for the disk; each is a savepoint in it, can be refused alone, and is answered after the commit.</summary>
sealed class SqliteWriter(IDbContextFactory<HallDb> databases) : IAsyncDisposable
{
    /// <summary>Commands in one transaction: nobody waits for the disk longer than for so many others.</summary>
    private const int MostTogether = 50;

    private const string Own = "command";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly List<TaskCompletionSource> _unanswered = [];
    private HallDb? _db;
    private IDbContextTransaction? _transaction;
    private int _inLine;

    public async Task<Writing> Begin(bool isQuick, CancellationToken ct)
    {
        await Wait(ct);
        // From here on the caller's going away ends nothing: others' work is in the same transaction.
        try
        {
            // Whoever may be long keeps nobody waiting for an answer.
            if (!isQuick || _unanswered.Count >= MostTogether) await CommitTogether();
            if (_db is null)
            {
                _db = await databases.CreateDbContextAsync(CancellationToken.None);
                _db.Database.AutoSavepointsEnabled = false;
                await _db.Database.OpenConnectionAsync(CancellationToken.None);
            }

            _transaction ??= await _db.Database.BeginTransactionAsync(CancellationToken.None);
            if (isQuick) await _transaction.CreateSavepointAsync(Own, CancellationToken.None);
            return new SqliteWriting(this, _db, isQuick);
        }
        catch (Exception e)
        {
            await Distrust(e);
            _turn.Release();
            throw;
        }
    }

    /// <summary>Runs statements prepared once for the connection's life.</summary>
    public async Task Send(IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        var transaction = (SqliteTransaction)_transaction!.GetDbTransaction();
        foreach (var statement in statements)
        {
            var command = Prepared(statement);
            command.Transaction = transaction;
            for (var i = 0; i < statement.Values.Length; i++) command.Parameters[i].Value = statement.Values[i] ?? DBNull.Value;
            if (statement.Read is null)
            {
                statement.Touched = command.ExecuteNonQuery();
                continue;
            }

            await using var reader = command.ExecuteReader();
            await statement.Read(reader, ct);
        }
    }

    /// <summary>The command's work is done; it is on the disk when the answer is completed.</summary>
    public async Task<TaskCompletionSource> Keep(bool isQuick)
    {
        if (isQuick) await _transaction!.ReleaseSavepointAsync(Own);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _unanswered.Add(answer);
        if (!isQuick) await CommitTogether();
        return answer;
    }

    /// <summary>The turn is over. What was not kept is undone.</summary>
    /// <returns>Done when all that this command may have seen is on the disk, or will never be.</returns>
    public async Task<Task> End(bool isQuick, bool isKept)
    {
        var seen = _unanswered.Count > 0 ? _unanswered[^1].Task : Task.CompletedTask;
        try
        {
            if (!isKept && isQuick)
            {
                await _transaction!.RollbackToSavepointAsync(Own);
                await _transaction.ReleaseSavepointAsync(Own);
            }
            else if (!isKept)
            {
                await Undo();
            }

            _db?.Renew();
            // Whoever is in line carries the transaction on, or ends it.
            if (Volatile.Read(ref _inLine) == 0) await CommitTogether();
        }
        catch (Exception e)
        {
            // SQLite has given up the whole transaction (disk full, disk broken).
            await Distrust(e);
        }
        finally
        {
            _turn.Release();
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Distrust(new ObjectDisposedException(nameof(SqliteWriter)));
        _turn.Dispose();
    }

    private async Task Wait(CancellationToken ct)
    {
        Interlocked.Increment(ref _inLine);
        try
        {
            await _turn.WaitAsync(ct);
            Interlocked.Decrement(ref _inLine);
        }
        catch
        {
            // The one before may have counted on this one to end the transaction.
            await _turn.WaitAsync(CancellationToken.None);
            if (Interlocked.Decrement(ref _inLine) == 0) await CommitTogether();
            _turn.Release();
            throw;
        }
    }

    private async Task CommitTogether()
    {
        if (_transaction is null) return;
        try
        {
            await _transaction.CommitAsync();
            await Undo();
        }
        catch (Exception e)
        {
            await Distrust(e);
            return;
        }

        foreach (var answer in _unanswered) answer.SetResult();
        _unanswered.Clear();
    }

    /// <summary>Lets the transaction go; what was not committed is undone.</summary>
    private async Task Undo()
    {
        if (_transaction is null) return;
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>After a fault the connection is closed, and with it goes all that was not committed: nobody of it is told "done".</summary>
    private async Task Distrust(Exception cause)
    {
        foreach (var answer in _unanswered) answer.SetException(cause);
        _unanswered.Clear();
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        _prepared.Clear();
        _transaction = null;
        if (_db is not null) await _db.DisposeAsync();
        _db = null;
    }

    private SqliteCommand Prepared(Statement statement)
    {
        if (_prepared.TryGetValue(statement.Text.Sql, out var known)) return known;
        var command = ((SqliteConnection)_db!.Database.GetDbConnection()).CreateCommand();
        command.CommandText = statement.Text.Sql;
        for (var i = 1; i <= statement.Values.Length; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
        return _prepared[statement.Text.Sql] = command;
    }
}

/// <summary>A command's turn at SQLite's one writer.</summary>
sealed class SqliteWriting(SqliteWriter writer, HallDb db, bool isQuick) : Writing(db)
{
    private bool _isOver;

    public override bool IsPostgres => false;

    public override async Task Commit(CancellationToken ct)
    {
        var answer = await writer.Keep(isQuick);
        _isOver = true;
        await writer.End(isQuick, isKept: true);
        await answer.Task;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isOver) return;
        _isOver = true;
        // A refusal too may rest on what others of the same transaction did.
        await (await writer.End(isQuick, isKept: false)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override Task Send(IReadOnlyList<Statement> statements, CancellationToken ct) => writer.Send(statements, ct);
}
