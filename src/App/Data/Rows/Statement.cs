using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace OpenHall.App;

/// <summary>A statement without its values: the same words and kinds each time, so that the database prepares it once.</summary>
/// <param name="Sql">Places for values are <c>$1</c>, <c>$2</c> …</param>
sealed record StatementText(string Sql, ParameterKind[] Kinds);

/// <param name="Values">As they are stored.</param>
/// <param name="Rows">Rows that it has to touch; null: any number.</param>
/// <param name="Read">Takes the answer's rows; null: it has none.</param>
sealed record Statement(StatementText Text, object?[] Values, int? Rows = null, Func<DbDataReader, CancellationToken, Task>? Read = null)
{
    /// <summary>Rows touched, known after it ran.</summary>
    public int Touched { get; set; }

    /// <exception cref="InvalidOperationException">A row that was held is gone.</exception>
    public void Check()
    {
        if (Rows is { } rows && Touched != rows) throw new InvalidOperationException($"A row that was held is not there any more: {Text.Sql}");
    }

    public static string Places(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"${n}"));
}

/// <summary>The kind of a value as PostgreSQL's client names it, so that a null has its column's kind too. SQLite needs none.</summary>
readonly record struct ParameterKind(NpgsqlDbType? Postgres)
{
    private static readonly NpgsqlCommand Any = new();

    /// <summary>An array of such values.</summary>
    public ParameterKind Many => new(Postgres is { } kind ? NpgsqlDbType.Array | kind : null);

    public static ParameterKind Of(RelationalTypeMapping mapping) =>
        mapping.GetType().Namespace?.StartsWith("Npgsql", StringComparison.Ordinal) == true && mapping.CreateParameter(Any, "", null) is NpgsqlParameter parameter ? new(parameter.NpgsqlDbType) : default;
}
