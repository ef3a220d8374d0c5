using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace OpenHall.App;

/// <summary>A command on PostgreSQL: all statements of a call go out and come back together.</summary>
sealed class PostgresWriting(Writers writers, HallDb db, IDbContextTransaction transaction) : Writing(db)
{
    public override bool IsPostgres => true;

    public override async Task Commit(CancellationToken ct)
    {
        await transaction.CommitAsync(ct);
        IsWell = true;
    }

    public override async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        if (IsWell) writers.GiveBack(Db);
        else await Db.DisposeAsync();
    }

    protected override Task Send(IReadOnlyList<Statement> statements, CancellationToken ct) =>
        PostgresBatch.Send((NpgsqlConnection)Db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction(), statements, ct);
}

/// <summary>Statements that go out and come back together.</summary>
static class PostgresBatch
{
    public static async Task Send(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements) batch.BatchCommands.Add(CommandOf(statement));
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            // Statements without rows are passed over by the reader itself.
            foreach (var statement in statements)
            {
                if (statement.Read is null) continue;
                await statement.Read(reader, ct);
                await reader.NextResultAsync(ct);
            }
        }

        for (var i = 0; i < statements.Count; i++) statements[i].Touched = (int)batch.BatchCommands[i].RecordsAffected;
    }

    private static NpgsqlBatchCommand CommandOf(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Text.Sql);
        for (var i = 0; i < statement.Values.Length; i++)
        {
            var parameter = new NpgsqlParameter { Value = statement.Values[i] ?? DBNull.Value };
            if (statement.Text.Kinds[i].Postgres is { } kind) parameter.NpgsqlDbType = kind;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
