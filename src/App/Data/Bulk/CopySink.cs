using System.Buffers.Binary;
using System.Text;

namespace OpenHall.App;

/// <summary>Rows in PostgreSQL's binary form of COPY.</summary>
/// <remarks>Source: PostgreSQL documentation, COPY, "Binary Format"; integers are big-endian, times count microseconds and dates days from 2000-01-01.</remarks>
sealed class CopySink : RowSink
{
    private const int FlushAt = 64 * 1024;

    private static readonly long TimeZero = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly int DayZero = new DateOnly(2000, 1, 1).DayNumber;

    private readonly Stream _to;
    private readonly short _columns;
    private byte[] _bytes = new byte[FlushAt * 2];
    private int _count;

    public CopySink(Stream to, short columns)
    {
        (_to, _columns) = (to, columns);
        // PGCOPY, its signature, no flags, no further head.
        ReadOnlySpan<byte> head = [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        head.CopyTo(_bytes);
        _count = head.Length;
    }

    public void Begin()
    {
        if (_count >= FlushAt) Flush();
        BinaryPrimitives.WriteInt16BigEndian(Take(2), _columns);
    }

    /// <summary>No more rows come.</summary>
    public void End()
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        Flush();
    }

    public override void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public override void Put(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    public override void Put(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public override void Put(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public override void Put(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    public override void Put(string value) => Encoding.UTF8.GetBytes(value, Field(Encoding.UTF8.GetByteCount(value)));

    public override void Put(byte[] value) => value.CopyTo(Field(value.Length));

    public override void Put(Guid value) => value.TryWriteBytes(Field(16), bigEndian: true, out _);

    public override void Put(DateTime value) => Put((value.Ticks - TimeZero) / TimeSpan.TicksPerMicrosecond);

    public override void Put(DateOnly value) => Put(value.DayNumber - DayZero);

    private Span<byte> Field(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), length);
        return Take(length);
    }

    private Span<byte> Take(int length)
    {
        if (_count + length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + length));
        _count += length;
        return _bytes.AsSpan(_count - length, length);
    }

    private void Flush()
    {
        _to.Write(_bytes, 0, _count);
        _count = 0;
    }
}
