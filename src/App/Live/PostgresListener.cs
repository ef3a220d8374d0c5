using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OpenHall.App;

/// <summary>Carries hints of other nodes to this node's pages. Reconnects for ever; pages also ask by themselves every few seconds.</summary>
sealed class PostgresListener(Database database, LiveHub live, ILogger<PostgresListener> log) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!database.IsPostgres) return;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database.ConnectionString);
                await connection.OpenAsync(stopping);
                connection.Notification += (_, hint) =>
                {
                    var parts = hint.Payload.Split(';', 2);
                    live.Wake(Guid.TryParse(parts[0], out var hall) ? hall : null, parts[1].Split(','));
                };
                await using (var listen = new NpgsqlCommand($"listen {LiveHub.PostgresChannel}", connection)) await listen.ExecuteNonQueryAsync(stopping);
                while (true) await connection.WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or System.IO.IOException && !stopping.IsCancellationRequested)
            {
                log.LogWarning("Live hints of other nodes are cut off: {Reason}", e.Message);
                await Task.Delay(RetryAfter, stopping);
            }
        }
    }
}
