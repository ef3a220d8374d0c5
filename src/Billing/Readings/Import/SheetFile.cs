using System.IO.Compression;
using System.Text;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>One line of a table in a file.</summary>
/// <param name="Line">Number as an editor or spreadsheet shows it, from 1.</param>
/// <param name="Formulas">Cells that hold a formula instead of a value, such as C17.</param>
public sealed record SheetLine(int Line, IReadOnlyList<object?> Cells, IReadOnlyList<string> Formulas);

/// <summary>A CSV or XLSX file, recognised by what is in it, not by its name.</summary>
public sealed class SheetFile
{
    /// <summary>Most bytes of an uploaded file.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Most bytes a spreadsheet may unpack to.</summary>
    public const long MostUnpackedBytes = 512L * 1024 * 1024;

    /// <summary>Most lines below the heading.</summary>
    public const int MostLines = 250_000;

    private readonly byte[] _content;

    static SheetFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private SheetFile(byte[] content, Encoding? encoding, string format) => (_content, Encoding, Format) = (content, encoding, format);

    /// <summary>Of a text file; null: a spreadsheet.</summary>
    public Encoding? Encoding { get; }

    /// <summary>XLSX, or CSV with the encoding recognised: CSV UTF-8, CSV UTF-16, CSV GBK.</summary>
    public string Format { get; }

    /// <exception cref="Refused">file.empty; file.too_large; file.not_a_table; file.old_excel; file.encoding_unknown</exception>
    public static SheetFile Open(byte[] content)
    {
        Refused.IfField(content.Length == 0, "File", "file.empty");
        Refused.IfField(content.Length > MostBytes, "File", "file.too_large", MostBytes / 1024 / 1024);
        if (content.AsSpan().StartsWith("PK\u0003\u0004"u8)) return new(Spreadsheet(content), null, "XLSX");
        Refused.IfField(content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]), "File", "file.old_excel");
        var (encoding, name) = EncodingOf(content);
        return new(content, encoding, "CSV " + name);
    }

    public IEnumerable<SheetLine> Lines() => Encoding is { } encoding ? CsvRows.Read(_content, encoding) : XlsxRows.Read(_content);

    private static byte[] Spreadsheet(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, false));
            Refused.IfField(archive.GetEntry("xl/workbook.xml") is null, "File", "file.not_a_table");
            Refused.IfField(archive.Entries.Sum(e => e.Length) > MostUnpackedBytes, "File", "file.too_large", MostUnpackedBytes / 1024 / 1024);
            return content;
        }
        catch (InvalidDataException)
        {
            throw new Refused("file.not_a_table") { Field = "File" };
        }
    }

    /// <summary>By the mark at the beginning; without one, UTF-8 if all bytes are, else GBK if all bytes are.</summary>
    private static (Encoding Encoding, string Name) EncodingOf(byte[] content)
    {
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (Encoding.UTF8, "UTF-8");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (Encoding.Unicode, "UTF-16");
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (Encoding.BigEndianUnicode, "UTF-16");
        // A text has no zero bytes: pictures, PDFs and programs do.
        Refused.IfField(content.AsSpan().Contains((byte)0) || content.AsSpan().StartsWith("%PDF"u8), "File", "file.not_a_table");
        if (System.Text.Unicode.Utf8.IsValid(content)) return (Encoding.UTF8, "UTF-8");
        var gbk = Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            gbk.GetCharCount(content);
            return (gbk, "GBK");
        }
        catch (DecoderFallbackException)
        {
            throw new Refused("file.encoding_unknown") { Field = "File" };
        }
    }
}
