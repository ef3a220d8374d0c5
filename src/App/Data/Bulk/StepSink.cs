using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpenHall.App;

/// <summary>Rows as the values of one prepared SQLite statement, bound and stepped without ADO's parameters between. Values stand as Microsoft.Data.Sqlite writes them.</summary>
sealed class StepSink : RowSink, IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private int _place;
    private (DateTime Value, string Text) _time = (default, "");
    private (DateOnly Value, string Text) _day = (default, "");

    public StepSink(SqliteConnection connection, string sql)
    {
        _db = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_db, sql, out _statement));
    }

    /// <summary>Runs the statement with the values put since the last step.</summary>
    /// <exception cref="SqliteException">As SQLite says it.</exception>
    public void Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE) Check(result);
        raw.sqlite3_reset(_statement);
        _place = 0;
    }

    public override void Null() => Check(raw.sqlite3_bind_null(_statement, ++_place));

    public override void Put(bool value) => Put(value ? 1L : 0L);

    public override void Put(short value) => Put((long)value);

    public override void Put(int value) => Put((long)value);

    public override void Put(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_place, value));

    public override void Put(string value) => Check(raw.sqlite3_bind_text(_statement, ++_place, value));

    public override void Put(byte[] value) => Check(raw.sqlite3_bind_blob(_statement, ++_place, value));

    public override void Put(Guid value) => Put(value.ToByteArray(bigEndian: true));

    // The same few times and days come again and again.
    public override void Put(DateTime value)
    {
        if (_time.Value != value || _time.Text.Length == 0) _time = (value, value.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture));
        Put(_time.Text);
    }

    public override void Put(DateOnly value)
    {
        if (_day.Value != value || _day.Text.Length == 0) _day = (value, value.ToString(@"yyyy\-MM\-dd", CultureInfo.InvariantCulture));
        Put(_day.Text);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _db);
}
