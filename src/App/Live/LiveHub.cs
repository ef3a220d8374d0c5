using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OpenHall.App;

/// <summary>Tells open pages that something of theirs changed. Only a hint: the page asks anew, so a lost hint costs seconds, not truth.</summary>
public sealed class LiveHub(Database database)
{
    /// <summary>PostgreSQL channel that the nodes listen to.</summary>
    public const string PostgresChannel = "openhall";

    /// <summary>Hints kept while PostgreSQL is away; older ones are dropped.</summary>
    private const int MostUnsent = 1000;

    private readonly ConcurrentDictionary<Guid, Listener> _listeners = new();

    private sealed record Listener(Guid? HallId, IReadOnlySet<string> Topics, Channel<string> Hints);

    /// <summary>Hints of the named event types in one hall (null: all halls); older hints are dropped, since the newest says it all.</summary>
    public async IAsyncEnumerable<string> Listen(Guid? hallId, IReadOnlySet<string> topics, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var listener = new Listener(hallId, topics, Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }));
        _listeners[id] = listener;
        try
        {
            // Reading right after subscribing: what happened in between is asked for at once.
            yield return "hello";
            await foreach (var hint in listener.Hints.Reader.ReadAllAsync(ct)) yield return hint;
        }
        finally
        {
            _listeners.TryRemove(id, out _);
        }
    }

    /// <summary>Called with each change's topics, before its caller hears "done": for what a node remembers and must forget.</summary>
    public event Action<IReadOnlyCollection<string>>? Heard;

    public int ListenerCount => _listeners.Count;

    /// <summary>What the other nodes are to hear of, until it is sent.</summary>
    internal Channel<(Guid? HallId, IReadOnlyList<string> Topics)> Unsent { get; } =
        Channel.CreateBounded<(Guid?, IReadOnlyList<string>)>(new BoundedChannelOptions(MostUnsent) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>After the commit: the pages of this node at once, the other nodes by <see cref="PostgresAnnouncer"/>.</summary>
    internal void Announce(Guid? hallId, IReadOnlyList<string> topics)
    {
        if (topics.Count == 0) return;
        Wake(hallId, topics);
        if (database.IsPostgres) Unsent.Writer.TryWrite((hallId, topics));
    }

    /// <summary>The pages of this node.</summary>
    public void Wake(Guid? hallId, IReadOnlyCollection<string> topics)
    {
        if (topics.Count == 0) return;
        Heard?.Invoke(topics);
        foreach (var listener in _listeners.Values)
        {
            if ((listener.HallId is null || listener.HallId == hallId) && topics.FirstOrDefault(listener.Topics.Contains) is { } topic)
                listener.Hints.Writer.TryWrite(topic);
        }
    }
}
