using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace OpenHall.App;

/// <summary>Quick commands that come at the same moment, on PostgreSQL: their rows are gathered by one batch, each decides for itself, and what they write goes out
/// as one statement a table, under one line of the disk's. A command that is refused takes nothing of the others with it; one whose rows somebody else holds, or that asks the
/// database more than it gathered, leaves and runs by itself, so that nobody waits for another's work. If the whole fails each runs by itself: the request's id keeps it from being done twice.</summary>
sealed class PostgresTogether(string connectionString)
{
    /// <summary>Commands in one transaction.</summary>
    private const int MostTogether = 50;
    /// <summary>Transactions on their way at once: while one waits for the database the next one's commands decide.</summary>
    private const int MostTransactions = 2;

    private readonly Lock _lock = new();
    private readonly Queue<TogetherWriting> _line = new();
    private int _running;

    /// <summary>Takes a command into the line. Whoever finds a transaction free carries the line on.</summary>
    public void Join(TogetherWriting member)
    {
        lock (_lock)
        {
            _line.Enqueue(member);
            if (_running == MostTransactions) return;
            _running++;
        }

        _ = CarryOn();
    }

    private async Task CarryOn()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                await Run(group);
            }
            catch (Exception e)
            {
                // Whether it was written or not: each finds out by its request's id.
                foreach (var member in group) member.Leave(e);
            }
        }
    }

    /// <summary>The first in line and those of its kind right behind it; none: this transaction's turn is over.</summary>
    private List<TogetherWriting> Next()
    {
        var group = new List<TogetherWriting>();
        lock (_lock)
        {
            while (group.Count < MostTogether && _line.TryPeek(out var next) && (group.Count == 0 || next.IsLike(group[0]))) group.Add(_line.Dequeue());
            if (group.Count == 0) _running--;
        }

        return group;
    }

    private async Task Run(List<TogetherWriting> group)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var heads = new Gathering(group[0].Db.Model, isPostgres: true);
        var head = Audit.HoldHead(heads, group[0].Lane);
        await PostgresBatch.Send(connection, transaction, [.. group.SelectMany(m => m.Gathered), .. heads.Take()], CancellationToken.None);
        if (head.OrNull is null) throw new NeedsItsOwn();
        var held = new HashSet<RowKey>();
        foreach (var member in group)
        {
            // Two of them on one row: the second comes after the first is on the disk.
            if (member.HasAll && !held.Overlaps(member.Keys))
            {
                held.UnionWith(member.Keys);
                member.Decide();
            }
            else
            {
                member.Leave();
            }
        }

        var done = new List<TogetherWriting>();
        foreach (var member in group)
            if (await member.Decided) done.Add(member);
        if (done.Count == 0) return;

        var model = group[0].Db.Model;
        // The lines move the lane's end on, before its change is looked at.
        List<object> rows = [.. done.SelectMany(m => m.Rows), .. done.Select(m => m.LineAfter(head.OrNull))];
        List<Statement> writes = [.. done.SelectMany(m => m.Changes), .. heads.Changes(),
            .. rows.GroupBy(r => r.GetType()).Select(g => (Shape: RowShape.Of(model, g.Key), Rows: g.ToList())).OrderBy(g => g.Shape.Depth).Select(g => g.Shape.Together(g.Rows))];
        await PostgresBatch.Send(connection, transaction, writes, CancellationToken.None);
        Measures.ByHand(writes.Count);
        foreach (var write in writes) write.Check();
        await transaction.CommitAsync();
        foreach (var member in done) member.End();
    }
}

/// <summary>A command's part in a transaction that it shares with others.</summary>
sealed class TogetherWriting(PostgresTogether together, Writers writers, HallDb db) : Writing(db)
{
    private readonly TaskCompletionSource _gathered = new();
    private readonly TaskCompletionSource<bool> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Gathering? _gathering;
    private Func<AuditHead, AuditLine>? _line;

    public override bool IsPostgres => true;

    public override bool IsShared => true;

    public short Lane { get; private set; }

    public IReadOnlyList<Statement> Gathered { get; private set; } = [];

    /// <summary>Done when the command has decided: true, it is to be written.</summary>
    public Task<bool> Decided => _decided.Task;

    /// <summary>All rows it named are there and nobody else holds one.</summary>
    public bool HasAll => _gathering!.HasAll;

    public IEnumerable<RowKey> Keys => _gathering!.Keys;

    public IEnumerable<Statement> Changes => _gathering!.Changes();

    public IReadOnlyList<object> Rows { get; private set; } = [];

    public AuditLine LineAfter(AuditHead head) => _line!(head);

    /// <summary>The same kind of command: it holds the same kinds of rows in the same order.</summary>
    public bool IsLike(TogetherWriting other) => Gathered.Count == other.Gathered.Count && Gathered.Zip(other.Gathered).All(pair => pair.First.Text.Sql == pair.Second.Text.Sql);

    public override async Task Gather(Gathering gathering, short lane, CancellationToken ct)
    {
        (_gathering, Lane, Gathered) = (gathering, lane, gathering.Take());
        together.Join(this);
        await _gathered.Task;
    }

    public override async Task Finish(Gathering gathering, Func<AuditHead, AuditLine> line, CancellationToken ct)
    {
        (Rows, _line) = ([.. Db.TakeRows(), .. gathering.NewRows()], line);
        _decided.TrySetResult(true);
        await _ended.Task;
    }

    public override Task Commit(CancellationToken ct) => throw new NeedsItsOwn();

    /// <summary>Its rows are here: it decides, on the transaction's own thread, since nothing it may ask takes time.</summary>
    public void Decide() => _gathered.TrySetResult();

    public void End() => _ended.TrySetResult();

    /// <summary>It runs by itself, from the beginning.</summary>
    public void Leave(Exception? cause = null)
    {
        _decided.TrySetResult(false);
        _gathered.TrySetException(new NeedsItsOwn(cause));
        _ended.TrySetException(new NeedsItsOwn(cause));
    }

    public override ValueTask DisposeAsync()
    {
        _decided.TrySetResult(false);
        Db.IsShared = false;
        writers.GiveBack(Db);
        return ValueTask.CompletedTask;
    }

    protected override Task Send(IReadOnlyList<Statement> statements, CancellationToken ct) => throw new NeedsItsOwn();
}

/// <summary>A command that shares a transaction turned out to need one of its own.</summary>
sealed class NeedsItsOwn(Exception? cause = null) : Exception("The command runs by itself.", cause);

/// <summary>Keeps a command that shares a transaction from asking the database anything outside of it.</summary>
sealed class SharedStaysShut : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData data, InterceptionResult result) =>
        data.Context is HallDb { IsShared: true } ? throw new NeedsItsOwn() : result;

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData data, InterceptionResult result, CancellationToken ct = default) =>
        new(ConnectionOpening(connection, data, result));
}
