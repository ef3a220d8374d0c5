using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>How far checks and imports under way on this node are, by request id.</summary>
public sealed class ReadingProgress
{
    private readonly ConcurrentDictionary<Guid, long> _lines = new();

    /// <summary>Lines done; null: nothing of that id is under way here.</summary>
    public long? Lines(Guid id) => _lines.TryGetValue(id, out var lines) ? lines : null;

    internal void Tell(Guid id, long lines) => _lines[id] = lines;

    internal void End(Guid id) => _lines.TryRemove(id, out _);
}

/// <summary>抄表数据导入: a file is uploaded and checked whole; then, if nothing is wrong, it is imported whole, in one transaction.</summary>
public sealed class ImportReadings(Work work, HallDb reading, ReadingFileCheck check, IntervalFileCheck curves, ReadingProgress progress, Current current, TimeProvider clock)
{
    [Needs("readings.import")]
    public sealed record Upload(Guid RequestId, string FileName, string ContentHash) : ICommand;

    [Needs("readings.import")]
    public sealed record Confirm(Guid RequestId, Guid ImportId) : ICommand;

    /// <summary>Checks the file and keeps it with its report. Writes no reading.</summary>
    /// <returns>Id of the import, which is the request's.</returns>
    /// <exception cref="Refused">file.*: it is no table we can read; import.same_file: its content was imported already</exception>
    public async Task<Guid> Handle(Guid requestId, string fileName, byte[] content, CancellationToken ct = default)
    {
        current.Require("readings.import");
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var file = SheetFile.Open(content);
        await RefuseSameFile(reading, hash, ct);
        try
        {
            var isIntervals = IntervalFileCheck.IsIntervals(file);
            var report = isIntervals
                ? await curves.Check(reading, current, file, requestId, progress: lines => progress.Tell(requestId, lines), ct: ct)
                : await check.Check(reading, current, file, requestId, progress: lines => progress.Tell(requestId, lines), ct: ct);
            var name = Path.GetFileName(fileName.Replace('\\', '/'));
            return await work.Once(new Upload(requestId, name, hash), db =>
            {
                db.Add(new ReadingImport
                {
                    Id = requestId, FileName = name.Length <= 200 ? name : name[^200..], ContentHash = hash, IsIntervals = isIntervals, Bytes = content.Length, Format = file.Format, ReportJson = ReadingImport.Write(report),
                    UploadedBy = current.UserId, UploadedByName = current.Name, UploadedAtUtc = clock.GetUtcNow().UtcDateTime,
                }.As(report.MistakeCount == 0 ? ReadingImportState.Checked : ReadingImportState.Wrong));
                db.Add(new ReadingImportFile { ImportId = requestId, Packed = Pack(content) });
                db.Subject = hash[..12];
                return Task.FromResult(requestId);
            }, ct);
        }
        finally
        {
            progress.End(requestId);
        }
    }

    /// <summary>Imports a checked file: all its readings, or days of load curves, or none. It is checked again, since the database may have moved on.</summary>
    /// <returns>Readings written.</returns>
    /// <exception cref="Refused">import.not_found; import.not_waiting; import.same_file; import.no_longer_right: a line is wrong by now</exception>
    public async Task<int> Handle(Confirm c, CancellationToken ct = default)
    {
        try
        {
            return await work.Once(c, async db =>
            {
                var import = await db.ReadingImports.Hold(i => i.Id == c.ImportId, orRefuse: "import.not_found", ct);
                Refused.If(import.State != ReadingImportState.Checked, "import.not_waiting");
                await RefuseSameFile(db, import.ContentHash, ct);
                var packed = await db.Set<ReadingImportFile>().Where(f => f.ImportId == import.Id).Select(f => f.Packed).SingleAsync(ct);
                var file = SheetFile.Open(Unpack(packed));
                var report = import.IsIntervals
                    ? await curves.Check(db, current, file, import.Id, days => db.InsertMany(days, ct), lines => progress.Tell(c.ImportId, lines), ct)
                    : await check.Check(db, current, file, import.Id, batch => db.InsertMany(batch, ct), lines => progress.Tell(c.ImportId, lines), ct);
                if (report.MistakeCount > 0) throw new Refused("import.no_longer_right", report.MistakeCount, report.Mistakes[0].Line);
                import.Imported(report.GoodLines, current.Name, clock.GetUtcNow().UtcDateTime);
                db.Subject = import.ContentHash[..12];
                db.Raise(new ReadingsImported(import.Id, report.GoodLines));
                return report.GoodLines;
            }, ct);
        }
        finally
        {
            progress.End(c.ImportId);
        }
    }

    private static async Task RefuseSameFile(HallDb db, string hash, CancellationToken ct)
    {
        var same = await db.ReadingImports.FirstOrDefaultAsync(i => i.ContentHash == hash && i.State == ReadingImportState.Imported, ct);
        if (same is not null) throw new Refused("import.same_file", Shown.Text(same.ImportedAtUtc!.Value), same.ImportedByName!, same.FileName) { Field = "File" };
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var content = new MemoryStream();
        using (var zip = new GZipStream(new MemoryStream(packed, false), CompressionMode.Decompress)) zip.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>A file of readings was imported.</summary>
public sealed record ReadingsImported(Guid ImportId, int Readings);
