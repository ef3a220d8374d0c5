using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 12: each audit line carries the hash of the one before it, no number is missing, and each lane ends where its head says.</summary>
sealed class AuditChain : IVerifyCheck
{
    public string Name => "audit.chain";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var heads = await db.Set<AuditHead>().ToDictionaryAsync(h => h.Lane, ct);
        var ends = new Dictionary<short, (long Number, string Hash)>();
        await foreach (var line in db.Set<AuditLine>().OrderBy(l => l.Lane).ThenBy(l => l.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            var (number, hash) = ends.GetValueOrDefault(line.Lane, (0, Audit.Beginning));
            var row = $"audit_lines {line.Lane}/{line.Number}";
            if (line.Number != number + 1) yield return new(row, $"the line before it is {number}: {line.Number - number - 1} missing");
            else if (line.PreviousHash != hash) yield return new(row, "does not carry the hash of the line before it");
            if (line.Hash != Audit.HashOf(line)) yield return new(row, "was changed: its hash is not that of its content");
            ends[line.Lane] = (line.Number, line.Hash);
        }

        foreach (var head in heads.Values)
        {
            var end = ends.GetValueOrDefault(head.Lane, (0, Audit.Beginning));
            if ((head.Number, head.Hash) != end) yield return new($"audit_heads {head.Lane}", $"says line {head.Number}, the lane ends at {end.Number}");
        }

        foreach (var lane in ends.Keys.Where(l => !heads.ContainsKey(l))) yield return new($"audit_lines {lane}", "the lane has no head");
    }
}
