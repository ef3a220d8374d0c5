using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpenHall.App;

/// <summary>What statements written by hand have to know of both databases.</summary>
public static class ByHand
{
    /// <summary>A value as the database keeps it: SQLite an id as its sixteen bytes.</summary>
    public static object Stored(bool isSqlite, object value) => isSqlite && value is Guid id ? id.ToByteArray(bigEndian: true) : value;

    extension(HallDb db)
    {
        /// <inheritdoc cref="Stored(bool, object)"/>
        public object Stored(Guid id) => Stored(db.IsSqlite, id);
    }

    extension(Exception e)
    {
        /// <summary>A row with such a key is there already.</summary>
        internal bool IsKeyTaken => ((e as DbUpdateException)?.InnerException ?? e) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 };
    }
}
