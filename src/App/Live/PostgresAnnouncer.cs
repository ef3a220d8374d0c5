using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OpenHall.App;

/// <summary>Tells the other nodes what changed here, all that came up meanwhile at once. Not in the commands' own transactions: PostgreSQL lets only one
/// transaction that notifies commit at a time, and with it all payments of a province would stand in one line for the disk.</summary>
sealed class PostgresAnnouncer(Database database, LiveHub live, ILogger<PostgresAnnouncer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!database.IsPostgres) return;
        // A hint may be lost: nobody waits for the disk on its account.
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c synchronous_commit=off" };
        await using var source = NpgsqlDataSource.Create(settings);
        try
        {
            while (await live.Unsent.Reader.WaitToReadAsync(stopping)) await Send(source, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task Send(NpgsqlDataSource source, CancellationToken stopping)
    {
        var topics = new Dictionary<string, HashSet<string>>();
        while (live.Unsent.Reader.TryRead(out var hint))
        {
            var hall = hint.HallId?.ToString() ?? "";
            if (!topics.TryGetValue(hall, out var known)) topics[hall] = known = [];
            known.UnionWith(hint.Topics);
        }

        try
        {
            await using var batch = source.CreateBatch();
            foreach (var (hall, names) in topics)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_notify($1, $2)")
                {
                    Parameters = { new() { Value = LiveHub.PostgresChannel }, new() { Value = $"{hall};{string.Join(',', names)}" } },
                });
            }

            await batch.ExecuteNonQueryAsync(stopping);
        }
        catch (NpgsqlException e)
        {
            // The pages ask by themselves every few seconds.
            log.LogWarning("The other nodes could not be told what changed: {Reason}", e.Message);
        }
    }
}
