using System.IO.Compression;
using System.Text;

namespace OpenHall.App;

/// <summary>Kinds of files that may be attached; told by their content, never by their name alone.</summary>
public enum FileKind { Pdf, Png, Jpeg, Xlsx, Csv, Txt }

public static class FileKinds
{
    /// <summary>Bytes looked at for a text's characters.</summary>
    private const int TextSample = 64 * 1024;

    /// <summary>The kind that the name declares; null when it is none of ours.</summary>
    public static FileKind? OfName(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".pdf" => FileKind.Pdf,
        ".png" => FileKind.Png,
        ".jpg" or ".jpeg" => FileKind.Jpeg,
        ".xlsx" => FileKind.Xlsx,
        ".csv" => FileKind.Csv,
        ".txt" => FileKind.Txt,
        _ => null,
    };

    public static string MediaType(this FileKind kind) => kind switch
    {
        FileKind.Pdf => "application/pdf",
        FileKind.Png => "image/png",
        FileKind.Jpeg => "image/jpeg",
        FileKind.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileKind.Csv => "text/csv",
        _ => "text/plain",
    };

    /// <summary>Whether the content is of the declared kind.</summary>
    /// <param name="content">Can be read from its beginning; left anywhere.</param>
    public static bool IsReally(this FileKind kind, Stream content)
    {
        content.Position = 0;
        Span<byte> head = stackalloc byte[8];
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return kind switch
        {
            FileKind.Pdf => head.StartsWith("%PDF-"u8),
            FileKind.Png => head.SequenceEqual<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            FileKind.Jpeg => head.StartsWith<byte>([0xFF, 0xD8, 0xFF]),
            FileKind.Xlsx => head.StartsWith<byte>([0x50, 0x4B, 0x03, 0x04]) && IsWorkbook(content),
            _ => head.Length > 0 && IsText(content),
        };
    }

    private static bool IsWorkbook(Stream content)
    {
        content.Position = 0;
        try
        {
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            // A workbook with macros has another content type and carries vbaProject.bin.
            return zip.GetEntry("[Content_Types].xml") is not null && zip.GetEntry("xl/workbook.xml") is not null && zip.GetEntry("xl/vbaProject.bin") is null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>UTF-8 or GB 18030 without control characters, and no page or script of the web at its beginning.</summary>
    private static bool IsText(Stream content)
    {
        content.Position = 0;
        var sample = new byte[TextSample];
        var read = content.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        if (sample.AsSpan(0, read).ContainsAnyInRange((byte)0, (byte)8) || sample.AsSpan(0, read).ContainsAnyInRange((byte)14, (byte)31)) return false;
        var beginning = Encoding.ASCII.GetString(sample, 0, Math.Min(read, 256)).TrimStart('?', ' ', '\t', '\r', '\n');
        return !beginning.StartsWith('<');
    }
}
