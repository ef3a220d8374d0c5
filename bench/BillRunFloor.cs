using System.Diagnostics;
using Npgsql;

namespace OpenHall.Bench;

/// <summary>The least that PostgreSQL needs for a run's rows: each table's rows by binary COPY into a table without index, then its indexes built. The rows are those that the run wrote, taken out before the clock starts.</summary>
static class BillRunFloor
{
    private static readonly string[] Written = ["customer_bills", "bill_lines", "account_journal_lines"];

    /// <returns>Rows written and the seconds that took.</returns>
    public static async Task<(long Rows, double Seconds)> Measure(BenchHall hall)
    {
        await using var connection = new NpgsqlConnection(hall.Options.ConnectionString);
        await connection.OpenAsync();
        var (rows, seconds) = (0L, 0.0);
        foreach (var table in Written)
        {
            var file = Path.Combine(hall.Options.DataFolder, table + ".copy");
            await TakeOut(connection, table, file);
            var indexes = await Texts(connection, $"select indexdef from pg_indexes where schemaname = 'public' and tablename = '{table}'");
            await Execute(connection, $"create table floor_{table} (like {table})");
            var watch = Stopwatch.StartNew();
            await PutIn(connection, $"floor_{table}", file);
            foreach (var index in indexes) await Execute(connection, index.Replace(" INDEX ", " INDEX floor_", StringComparison.Ordinal).Replace($" ON public.{table} ", $" ON floor_{table} ", StringComparison.Ordinal));
            seconds += watch.Elapsed.TotalSeconds;
            rows += long.Parse((await Texts(connection, $"select count(*)::text from floor_{table}"))[0], System.Globalization.CultureInfo.InvariantCulture);
            await Execute(connection, $"drop table floor_{table}");
            File.Delete(file);
        }

        return (rows, seconds);
    }

    private static async Task TakeOut(NpgsqlConnection connection, string table, string file)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
        await using var to = File.Create(file);
        await copy.CopyToAsync(to);
    }

    private static async Task PutIn(NpgsqlConnection connection, string table, string file)
    {
        await using var from = File.OpenRead(file);
        await using var copy = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)");
        await from.CopyToAsync(copy);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Texts(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
