using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Runs a command: once per request id, whole or not at all, permitted, approved where four eyes are asked for, and
/// written to the audit trail in the same transaction. The caller hears an answer only after the commit returned.</summary>
public sealed class Work(IDbContextFactory<HallDb> databases, Database database, Current current, TimeProvider clock, IServiceProvider services, LiveHub live)
{
    private static readonly ConcurrentDictionary<Type, Rules> RulesOf = new();

    /// <exception cref="Refused">request.id_missing; permission.missing; approval.needed; request.content_differs (the same id, other content);
    /// request.changed_meanwhile (somebody else was first); whatever <paramref name="decide"/> refuses.</exception>
    public async Task<T> Once<T>(ICommand command, Func<HallDb, Task<T>> decide, CancellationToken ct = default)
    {
        var rules = RulesOf.GetOrAdd(command.GetType(), static type => new Rules(type));
        using var trace = Measures.Traces.StartActivity(rules.Operation);
        var (began, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var (answer, isFirst) = await Once(rules, command, decide, ct);
            outcome = isFirst ? "done" : "repeated";
            return answer;
        }
        catch (Refused)
        {
            outcome = "refused";
            throw;
        }
        finally
        {
            trace?.SetTag("outcome", outcome);
            Measures.Command(rules.Operation, outcome, Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<(T Answer, bool IsFirst)> Once<T>(Rules rules, ICommand command, Func<HallDb, Task<T>> decide, CancellationToken ct)
    {
        Refused.If(command.RequestId == Guid.Empty, "request.id_missing");
        if (rules.Permission is not null) current.Require(rules.Permission);
        Refused.If(rules.NeedsSignIn && !current.IsSignedIn, "signin.needed");
        var content = JsonSerializer.SerializeToUtf8Bytes(command, command.GetType());
        var contentHash = Audit.Hex(rules.Operation + "\n" + System.Text.Encoding.UTF8.GetString(content));

        if (database.WriterGate is { } gate) await gate.WaitAsync(ct);
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var at = clock.GetUtcNow().UtcDateTime;
            at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
            db.AtUtc = at;
            // A second caller with the same id waits here until the first has committed, then finds its answer.
            var isFirst = await db.Database.ExecuteSqlAsync(
                $"insert into command_requests (id, operation, content_hash, at_utc) values ({IdFor(db, command.RequestId)}, {rules.Operation}, {contentHash}, {at}) on conflict do nothing", ct) == 1;
            if (!isFirst) return (await FirstAnswer<T>(db, command.RequestId, contentHash, ct), false);

            if (rules.FourEyes is { } fourEyes) await Approvals.Spend(db, command, rules.Operation, fourEyes, current, services, at, ct);
            var answer = await decide(db);
            var hallId = db.HallOfCommand ?? current.HallId;
            var topics = await WriteEvents(db, hallId, at, ct);
            await Audit.Append(db, command, rules.Operation, contentHash, current.UserId, hallId, at, ct);
            db.Attach(new CommandRequest { Id = command.RequestId, Operation = rules.Operation, ContentHash = contentHash, AtUtc = at }).Entity.Answer = JsonSerializer.Serialize(answer);
            await Save(db, ct);
            await live.Announce(db, hallId, topics, ct);
            await transaction.CommitAsync(ct);
            live.Wake(hallId, topics);
            return (answer, true);
        }
        finally
        {
            database.WriterGate?.Release();
        }
    }

    private static object IdFor(HallDb db, Guid id) => db.IsSqlite ? id.ToByteArray(true) : id;

    private static async Task<T> FirstAnswer<T>(HallDb db, Guid requestId, string contentHash, CancellationToken ct)
    {
        var first = await db.Set<CommandRequest>().SingleAsync(r => r.Id == requestId, ct);
        Refused.If(first.ContentHash != contentHash, "request.content_differs");
        return JsonSerializer.Deserialize<T>(first.Answer!)!;
    }

    private async Task<IReadOnlyList<string>> WriteEvents(HallDb db, Guid? hallId, DateTime at, CancellationToken ct)
    {
        var topics = new List<string>();
        // Handlers may raise further events; each is handled and written once.
        for (var raised = db.TakeRaised(); raised.Count > 0; raised = db.TakeRaised())
        {
            foreach (var happened in raised)
            {
                var type = happened.GetType();
                foreach (var handler in services.GetServices(typeof(IHandle<>).MakeGenericType(type)))
                    await (Task)typeof(IHandle<>).MakeGenericType(type).GetMethod("Handle")!.Invoke(handler, [happened, db, ct])!;
                db.Add(new HallEvent { Type = type.Name, HallId = hallId, Subject = db.Subject, AtUtc = at, Payload = JsonSerializer.Serialize(happened, type) });
                topics.Add(type.Name);
            }
        }

        return topics;
    }

    private static async Task Save(HallDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: "23505" } or Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
        {
            throw new Refused("request.changed_meanwhile");
        }
    }

    private sealed class Rules
    {
        public Rules(Type command)
        {
            Operation = (command.DeclaringType ?? command).Name;
            Permission = command.GetCustomAttribute<NeedsAttribute>()?.Permission;
            FourEyes = command.GetCustomAttribute<FourEyesAttribute>();
            NeedsSignIn = command.GetCustomAttribute<NeedsSignInAttribute>() is not null;
            if (Permission is null && !NeedsSignIn && command.GetCustomAttribute<OpenToVisitorsAttribute>() is null)
                throw new InvalidOperationException($"{command}: say [Needs(permission)], [NeedsSignIn(because)] or [OpenToVisitors(because)].");
        }

        /// <summary>Name of the handler: TakePayment.</summary>
        public string Operation { get; }
        public string? Permission { get; }
        public FourEyesAttribute? FourEyes { get; }
        public bool NeedsSignIn { get; }
    }
}
