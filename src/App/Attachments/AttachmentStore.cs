using System.Security.Cryptography;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Contents of attachments in the data folder, each under its hash: <c>attachments/ab/ab12…</c>. Several nodes share the folder.</summary>
public sealed class AttachmentStore(DataFolder data)
{
    public string PathOf(string contentHash) => data.At("attachments", contentHash[..2], contentHash);

    /// <summary>Keeps the content if it is of the declared kind; the same content twice is kept once.</summary>
    /// <exception cref="Refused">attachment.too_large, attachment.empty, attachment.wrong_content</exception>
    public async Task<(string Hash, long Size)> Keep(Stream content, FileKind kind, CancellationToken ct)
    {
        Directory.CreateDirectory(data.At("attachments"));
        var incoming = data.At("attachments", $"incoming-{Guid.CreateVersion7():N}");
        try
        {
            string hash;
            long size;
            await using (var file = new FileStream(incoming, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                (hash, size) = await Copy(content, file, ct);
                Refused.IfField(size == 0, "File", "attachment.empty");
                Refused.IfField(!kind.IsReally(file), "File", "attachment.wrong_content", kind.ToString().ToUpperInvariant());
                file.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(hash))!);
            File.Move(incoming, PathOf(hash), overwrite: true);
            return (hash, size);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    private static async Task<(string Hash, long Size)> Copy(Stream from, Stream to, CancellationToken ct)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var size = 0L;
        for (int read; (read = await from.ReadAsync(buffer, ct)) > 0;)
        {
            size += read;
            Refused.IfField(size > AttachmentLimits.MaxBytes, "File", "attachment.too_large", AttachmentLimits.MaxBytes / 1024 / 1024);
            sha.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return (Convert.ToHexStringLower(sha.GetHashAndReset()), size);
    }
}
