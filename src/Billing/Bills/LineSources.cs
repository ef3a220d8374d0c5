using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Numbers of line sources. A number is made of the content, so every node gives the same one without asking.</summary>
public sealed class LineSources
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Converters = { new JsonStringEnumConverter() }, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private readonly ConcurrentDictionary<LineSource, (long Id, string Content)> _known = new();

    public long IdOf(LineSource source) => _known.GetOrAdd(source, static source =>
    {
        var content = JsonSerializer.Serialize(source, Json);
        return (BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(content))) & long.MaxValue, content);
    }).Id;

    /// <summary>The source of a line that was rated here.</summary>
    public LineSource Known(long id) => _known.First(k => k.Value.Id == id).Key;

    public static LineSource Read(string content) => JsonSerializer.Deserialize<LineSource>(content, Json)!;

    /// <summary>Writes those of the lines' sources that are not there yet, in the running transaction.</summary>
    public async Task Keep(HallDb db, IEnumerable<BillLine> lines, CancellationToken ct)
    {
        var needed = lines.Select(l => l.SourceId).Distinct().ToList();
        var there = await db.Set<BillLineSource>().Where(s => needed.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct);
        var content = _known.Values.ToDictionary(k => k.Id, k => k.Content);
        // In one order for all, so that two chunks with new sources don't wait for each other crosswise.
        foreach (var id in needed.Except(there).Order())
            await db.Database.ExecuteSqlAsync($"insert into bill_line_sources (id, content) values ({id}, {content[id]}) on conflict do nothing", ct);
    }
}
