using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace OpenHall.App;

/// <summary>The one database model, gathered from the modules' maps. Read with it anywhere; write only inside <see cref="Work"/>.</summary>
public sealed class HallDb(DbContextOptions<HallDb> options, Modules modules)
    : IdentityUserContext<StaffUser, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>, IdentityUserPasskey<Guid>>(options), IDataProtectionKeyContext
{
    private readonly List<object> _raised = [];
    private readonly List<object> _rows = [];

    /// <summary>Rows written by one statement of <see cref="Insert"/>.</summary>
    private const int MostRowsInStatement = 20;

    /// <summary>Business key of what the command is about (an account, ticket or receipt number): goes into its audit line.</summary>
    public string? Subject { get; set; }

    /// <summary>Hall the command belongs to, when it is not the signed-in person's.</summary>
    public Guid? HallOfCommand { get; set; }

    /// <summary>Time of the running command, cut to milliseconds.</summary>
    public DateTime AtUtc { get; internal set; }

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public bool IsSqlite => Database.IsSqlite();

    /// <summary>Read with by a part of a page: its end is not the request's. When a page is given up (refused, sent elsewhere) other parts of it still
    /// read; taking their connection away in the middle would lose it to the pool for good. EF gives the connection back after each query, so
    /// there is nothing to dispose of; whoever opens it by hand closes it by hand.</summary>
    internal bool EndsByItself { get; set; }

    /// <summary>Its command shares a transaction with others; until it ends nothing is asked through this context (<see cref="SharedStaysShut"/>).</summary>
    internal bool IsShared { get; set; }

    /// <summary>Opens the connection for statements written by hand, until what comes back is disposed of.</summary>
    public async Task<IAsyncDisposable> Open(CancellationToken ct = default)
    {
        await Database.OpenConnectionAsync(ct);
        return new Opened(Database);
    }

    /// <summary>Says that something happened: handlers run in this transaction, and it is written to <c>events</c>.</summary>
    public void Raise(object happened) => _raised.Add(happened);

    /// <summary>Writes a new row at the command's end, by a statement made by hand: for the rows of much-used commands, which nobody needs back. They
    /// are written in the order in which they were given, after everything that EF keeps track of.</summary>
    public void Insert(object row) => _rows.Add(row);

    /// <summary>The statements of <see cref="Insert"/>: one for rows of a kind that follow one another.</summary>
    internal IEnumerable<Statement> Inserts()
    {
        for (var (from, to) = (0, 0); from < _rows.Count; from = to)
        {
            var type = _rows[from].GetType();
            for (to = from + 1; to < _rows.Count && to - from < MostRowsInStatement && _rows[to].GetType() == type; to++) { }
            yield return RowShape.Of(Model, type).Added(_rows.GetRange(from, to - from));
        }
    }

    /// <summary>Hands over the rows of <see cref="Insert"/>.</summary>
    internal IReadOnlyList<object> TakeRows()
    {
        var taken = _rows.ToArray();
        _rows.Clear();
        return taken;
    }

    /// <summary>Hands over what was raised since the last call.</summary>
    public IReadOnlyList<object> TakeRaised()
    {
        var taken = _raised.ToArray();
        _raised.Clear();
        return taken;
    }

    /// <summary>As new, for the next command.</summary>
    internal void Renew()
    {
        ChangeTracker.Clear();
        _raised.Clear();
        _rows.Clear();
        (Subject, HallOfCommand) = (null, null);
    }

    public override void Dispose()
    {
        if (!EndsByItself) base.Dispose();
    }

    public override ValueTask DisposeAsync() => EndsByItself ? ValueTask.CompletedTask : base.DisposeAsync();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions) => Conventions.Configure(conventions, Database.IsSqlite());

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var module in modules.All) builder.ApplyConfigurationsFromAssembly(module.Assembly);
        Conventions.Finish(builder.Model, Database.IsSqlite());
    }

    private sealed class Opened(DatabaseFacade database) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await database.CloseConnectionAsync();
    }
}
