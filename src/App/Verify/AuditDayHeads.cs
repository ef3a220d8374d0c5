using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Where every lane of the audit trail stood when the day ended; kept outside the database, so that cutting a lane's end shows.</summary>
/// <param name="Day">Calendar day in the halls' time.</param>
/// <param name="Hash">SHA-256 over all lanes' heads, for a signature or a notice board.</param>
public sealed record AuditDayHeads(DateOnly Day, DateTime WrittenAtUtc, IReadOnlyList<AuditDayHeads.Lane> Lanes, string Hash)
{
    public sealed record Lane(short Number, long Lines, string Hash);

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static async Task<AuditDayHeads> Of(HallDb db, DateOnly day, DateTime nowUtc, CancellationToken ct = default)
    {
        var lanes = await db.Set<AuditHead>().OrderBy(h => h.Lane).Select(h => new Lane(h.Lane, h.Number, h.Hash)).ToListAsync(ct);
        return new(day, nowUtc, lanes, HashOver(lanes));
    }

    public static string HashOver(IEnumerable<Lane> lanes) =>
        Audit.Hex(string.Join('\n', lanes.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Number}|{l.Lines}|{l.Hash}"))));

    public async Task<string> Write(string folder, CancellationToken ct = default)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".json");
        await File.WriteAllTextAsync(path + ".part", JsonSerializer.Serialize(this, Format), ct);
        File.Move(path + ".part", path, overwrite: true);
        return path;
    }

    /// <exception cref="JsonException">The file is not one of ours.</exception>
    public static async Task<AuditDayHeads> Read(string path, CancellationToken ct = default) =>
        JsonSerializer.Deserialize<AuditDayHeads>(await File.ReadAllTextAsync(path, ct), Format) ?? throw new JsonException("empty");
}

/// <summary>Writes the heads of the day that has just ended.</summary>
sealed class ExportAuditHeads(DataFolder data, TimeProvider clock) : IJob
{
    public string Name => "audit.export";

    public string Cron => "5 0 * * *";

    public async Task<long> Run(HallDb db, DateTime dueAtUtc, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(dueAtUtc, JobLimits.Zone)).AddDays(-1);
        var heads = await AuditDayHeads.Of(db, day, clock.GetUtcNow().UtcDateTime, ct);
        await heads.Write(data.At("audit-heads"), ct);
        return heads.Lanes.Sum(l => l.Lines);
    }
}
