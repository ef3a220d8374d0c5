using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenHall.App;

/// <summary>The audit trail's chains. Several lanes, so that commands at different counters do not wait for one another's disk;
/// removing or changing a line breaks its lane, removing a lane's end is seen against the exported heads.</summary>
public static class Audit
{
    public const int Lanes = 256;

    public static readonly string Beginning = new('0', 64);

    /// <summary>Lane of a command; lanes are spread by the request's id.</summary>
    public static short LaneOf(Guid requestId) => (short)(requestId.ToByteArray(true)[15] % Lanes);

    /// <summary>The end of a lane, held; it is held after everything else, since others wait for it.</summary>
    internal static Held<AuditHead> HoldHead(Gathering gathering, short lane) => gathering.Hold<AuditHead>($"lane = {lane}");

    /// <param name="head">Held already, or null.</param>
    internal static async Task<Held<AuditHead>> EndOf(short lane, Held<AuditHead>? head, Gathering gathering, Writing writing, CancellationToken ct)
    {
        if (head is null)
        {
            head = HoldHead(gathering, lane);
            await writing.Run(gathering.Take(), ct);
        }

        if (head.OrNull is not null) return head;
        // First line of a lane: whoever comes second waits here for the first, then finds it.
        gathering.Claim(new AuditHead { Lane = lane, Hash = Beginning });
        head = HoldHead(gathering, lane);
        await writing.Run(gathering.Take(), ct);
        return head;
    }

    /// <summary>The command's line at the end of its lane; the lane's end moves on.</summary>
    public static AuditLine Next(AuditHead head, string operation, string? subject, string contentHash, Guid? userId, Guid? hallId, DateTime atUtc)
    {
        var (lane, number) = (head.Lane, head.Number + 1);
        var line = new AuditLine
        {
            Lane = lane, Number = number, AtUtc = atUtc, UserId = userId, HallId = hallId, Operation = operation, Subject = subject,
            ContentHash = contentHash, PreviousHash = head.Hash, Hash = HashOf(lane, number, atUtc, userId, hallId, operation, subject, contentHash, head.Hash),
        };
        (head.Number, head.Hash) = (number, line.Hash);
        return line;
    }

    /// <summary>Hash that the line should carry; what <c>openhall verify</c> compares.</summary>
    public static string HashOf(AuditLine l) => HashOf(l.Lane, l.Number, l.AtUtc, l.UserId, l.HallId, l.Operation, l.Subject, l.ContentHash, l.PreviousHash);

    private static string HashOf(short lane, long number, DateTime atUtc, Guid? userId, Guid? hallId, string operation, string? subject, string contentHash, string previous) =>
        Hex(string.Create(CultureInfo.InvariantCulture, $"{lane}|{number}|{atUtc:yyyy-MM-ddTHH:mm:ss.fff}|{userId}|{hallId}|{operation}|{subject}|{contentHash}|{previous}"));

    /// <summary>Hash of what was asked: the operation's name and its content as JSON.</summary>
    public static string HashOf(string operation, ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(operation), (byte)'\n', .. content]));

    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
