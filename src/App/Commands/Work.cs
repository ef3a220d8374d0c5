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
public sealed class Work(Writers writers, Current current, TimeProvider clock, IServiceProvider services, LiveHub live)
{
    private static readonly ConcurrentDictionary<Type, Rules> RulesOf = new();
    private static readonly ConcurrentDictionary<Type, EventKind> Kinds = new();

    /// <exception cref="Refused">request.id_missing; permission.missing; approval.needed; request.content_differs (the same id, other content);
    /// request.changed_meanwhile (somebody else was first); whatever <paramref name="decide"/> refuses.</exception>
    public Task<T> Once<T>(ICommand command, Func<HallDb, Task<T>> decide, CancellationToken ct = default) =>
        Once(command, static _ => (object?)null, (db, _) => decide(db), isQuick: false, ct);

    /// <summary>The same for a much-used command, whose rows are gathered in one round trip before it decides.</summary>
    /// <param name="gather">Names the rows, in the order in which everybody holds them.</param>
    public Task<T> Once<TRows, T>(ICommand command, Func<Gathering, TRows> gather, Func<HallDb, TRows, Task<T>> decide, CancellationToken ct = default) =>
        Once(command, gather, decide, isQuick: true, ct);

    private async Task<T> Once<TRows, T>(ICommand command, Func<Gathering, TRows> gather, Func<HallDb, TRows, Task<T>> decide, bool isQuick, CancellationToken ct)
    {
        var rules = RulesOf.GetOrAdd(command.GetType(), static type => new Rules(type));
        using var trace = Measures.Traces.StartActivity(rules.Operation);
        var (began, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var (answer, isFirst) = await TogetherOrAlone(rules, command, gather, decide, isQuick, ct);
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

    /// <summary>Together with others where it can be, else by itself.</summary>
    private async Task<(T Answer, bool IsFirst)> TogetherOrAlone<TRows, T>(Rules rules, ICommand command, Func<Gathering, TRows> gather, Func<HallDb, TRows, Task<T>> decide, bool isQuick, CancellationToken ct)
    {
        try
        {
            return await Once(rules, command, gather, decide, isQuick, ct);
        }
        catch (Exception e) when (e is NeedsItsOwn || e.InnerException is NeedsItsOwn)
        {
            return await Once(rules, command, gather, decide, isQuick: false, ct);
        }
    }

    private async Task<(T Answer, bool IsFirst)> Once<TRows, T>(Rules rules, ICommand command, Func<Gathering, TRows> gather, Func<HallDb, TRows, Task<T>> decide, bool isQuick, CancellationToken ct)
    {
        Refused.If(command.RequestId == Guid.Empty, "request.id_missing");
        if (rules.Permission is not null) current.Require(rules.Permission);
        Refused.If(rules.NeedsSignIn && !current.IsSignedIn, "signin.needed");
        var contentHash = Audit.HashOf(rules.Operation, JsonSerializer.SerializeToUtf8Bytes(command, command.GetType()));

        await using var writing = await writers.Begin(ct, isQuick);
        try
        {
            var db = writing.Db;
            var at = clock.GetUtcNow().UtcDateTime;
            db.AtUtc = at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
            var gathering = new Gathering(db.Model, writing.IsPostgres, writing.IsShared);
            var rows = gather(gathering);
            var request = gathering.Claim(new CommandRequest { Id = command.RequestId, Operation = rules.Operation, ContentHash = contentHash, AtUtc = at });
            // A second caller with the same id waits here until the first has committed, then finds its answer.
            await writing.Gather(gathering, Audit.LaneOf(command.RequestId), ct);
            if (!request.IsFirst)
            {
                var first = await FirstAnswer<T>(db, command.RequestId, contentHash, ct);
                // Not before the first is on the disk, which it may still be on its way to.
                await writing.Commit(ct);
                return (first, false);
            }

            if (rules.FourEyes is { } fourEyes && fourEyes.WantedFor(command, services) is { } wanted) await Approvals.Spend(db, command, rules.Operation, wanted, fourEyes.UnlessAlone, current, services, at, ct);
            var answer = await decide(db, rows);
            var hallId = db.HallOfCommand ?? current.HallId;
            var topics = await WriteEvents(db, hallId, at, ct);
            await Save(db, ct);
            request.Row.Answer = JsonSerializer.Serialize(answer);
            await Write(() => writing.Finish(gathering, head => Audit.Next(head, rules.Operation, db.Subject, contentHash, current.UserId, hallId, at), ct));
            live.Announce(hallId, topics);
            return (answer, true);
        }
        catch (Refused)
        {
            writing.IsWell = true;
            throw;
        }
    }

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
                var kind = Kinds.GetOrAdd(happened.GetType(), static type => new EventKind(type));
                foreach (var handler in services.GetServices(kind.Handler)) await kind.Handle(handler!, happened, db, ct);
                db.Insert(new HallEvent { Type = kind.Name, HallId = hallId, Subject = db.Subject, AtUtc = at, Payload = JsonSerializer.Serialize(happened, happened.GetType()) });
                topics.Add(kind.Name);
            }
        }

        return topics;
    }

    private static Task Save(HallDb db, CancellationToken ct) => db.ChangeTracker.Entries().Any() ? Write(() => db.SaveChangesAsync(ct)) : Task.CompletedTask;

    private static async Task Write(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception e) when (e.IsKeyTaken)
        {
            throw new Refused("request.changed_meanwhile");
        }
    }

    /// <summary>The handlers of an event, found once.</summary>
    private sealed class EventKind(Type type)
    {
        private readonly MethodInfo _handle = typeof(IHandle<>).MakeGenericType(type).GetMethod(nameof(IHandle<>.Handle))!;

        public string Name => type.Name;

        public Type Handler => _handle.DeclaringType!;

        public Task Handle(object handler, object happened, HallDb db, CancellationToken ct) =>
            (Task)_handle.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [happened, db, ct], null)!;
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
