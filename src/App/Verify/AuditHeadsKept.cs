using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 12: what the exported day heads say still stands in the audit trail: no lane was cut or written anew since.</summary>
sealed class AuditHeadsKept(DataFolder data) : IVerifyCheck
{
    public string Name => "audit.day_heads";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var folder = new DirectoryInfo(data.At("audit-heads"));
        if (!folder.Exists) yield break;
        foreach (var file in folder.GetFiles("*.json").OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var heads = await ReadOrNull(file.FullName, ct);
            if (heads is null || heads.Hash != AuditDayHeads.HashOver(heads.Lanes))
            {
                yield return new(file.Name, "was changed or can't be read");
                continue;
            }

            foreach (var lane in heads.Lanes.Where(l => l.Lines > 0))
            {
                var hash = await db.Set<AuditLine>().Where(l => l.Lane == lane.Number && l.Number == lane.Lines).Select(l => l.Hash).FirstOrDefaultAsync(ct);
                if (hash != lane.Hash) yield return new($"audit_lines {lane.Number}/{lane.Lines}", hash is null ? $"is gone; {file.Name} has it" : $"is another than in {file.Name}");
            }
        }
    }

    private static async Task<AuditDayHeads?> ReadOrNull(string path, CancellationToken ct)
    {
        try
        {
            return await AuditDayHeads.Read(path, ct);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
