using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>The audit trail's chains. Several lanes, so that commands at different counters do not wait for one another's disk;
/// removing or changing a line breaks its lane, removing a lane's end is seen against the exported heads.</summary>
public static class Audit
{
    public const int Lanes = 64;

    public static readonly string Beginning = new('0', 64);

    /// <summary>Adds the command's line at the end of its lane.</summary>
    public static async Task Append(HallDb db, ICommand command, string operation, string contentHash, Guid? userId, Guid? hallId, DateTime atUtc, CancellationToken ct)
    {
        var lane = (short)(command.RequestId.ToByteArray(true)[15] % Lanes);
        var head = await db.Set<AuditHead>().HoldOrNull(h => h.Lane == lane, ct);
        if (head is null)
        {
            // First line of a lane: whoever comes second waits here for the first, then finds it.
            await db.Database.ExecuteSqlAsync($"insert into audit_heads (lane, number, hash) values ({lane}, 0, {Beginning}) on conflict do nothing", ct);
            head = (await db.Set<AuditHead>().HoldOrNull(h => h.Lane == lane, ct))!;
        }

        var number = head.Number + 1;
        var line = new AuditLine
        {
            Lane = lane, Number = number, AtUtc = atUtc, UserId = userId, HallId = hallId, Operation = operation, Subject = db.Subject,
            ContentHash = contentHash, PreviousHash = head.Hash, Hash = HashOf(lane, number, atUtc, userId, hallId, operation, db.Subject, contentHash, head.Hash),
        };
        db.Add(line);
        head.Number = number;
        head.Hash = line.Hash;
    }

    /// <summary>Hash that the line should carry; what <c>openhall verify</c> compares.</summary>
    public static string HashOf(AuditLine l) => HashOf(l.Lane, l.Number, l.AtUtc, l.UserId, l.HallId, l.Operation, l.Subject, l.ContentHash, l.PreviousHash);

    private static string HashOf(short lane, long number, DateTime atUtc, Guid? userId, Guid? hallId, string operation, string? subject, string contentHash, string previous) =>
        Hex(string.Create(CultureInfo.InvariantCulture, $"{lane}|{number}|{atUtc:yyyy-MM-ddTHH:mm:ss.fff}|{userId}|{hallId}|{operation}|{subject}|{contentHash}|{previous}"));

    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
