using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Checked: may be imported. Wrong: has mistakes, nothing was or will be written. Imported. Dropped: not wanted.</summary>
public enum ReadingImportState { Checked, Wrong, Imported, Dropped }

/// <summary>An uploaded file of readings and what became of it.</summary>
public sealed class ReadingImport
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public Guid Id { get; init; }
    public required string FileName { get; init; }
    /// <summary>SHA-256 of the content, hex.</summary>
    public required string ContentHash { get; init; }
    public long Bytes { get; init; }
    /// <summary>XLSX, CSV UTF-8, CSV UTF-16, CSV GBK.</summary>
    public required string Format { get; init; }
    /// <summary>A file of load curves, not of registers.</summary>
    public bool IsIntervals { get; init; }
    public ReadingImportState State { get; private set; }
    /// <summary>A <see cref="ReadingReport"/> as JSON.</summary>
    public required string ReportJson { get; init; }
    public Guid? UploadedBy { get; init; }
    public required string UploadedByName { get; init; }
    public DateTime UploadedAtUtc { get; init; }
    public string? ImportedByName { get; private set; }
    public DateTime? ImportedAtUtc { get; private set; }
    /// <summary>Readings written.</summary>
    public int Readings { get; private set; }

    public ReadingReport Report => JsonSerializer.Deserialize<ReadingReport>(ReportJson, Json)!;

    public static string Write(ReadingReport report) => JsonSerializer.Serialize(report, Json);

    public ReadingImport As(ReadingImportState state)
    {
        State = state;
        return this;
    }

    /// <exception cref="Refused">import.not_waiting</exception>
    public void Imported(int readings, string byName, DateTime atUtc)
    {
        Refused.If(State != ReadingImportState.Checked, "import.not_waiting");
        (State, Readings, ImportedByName, ImportedAtUtc) = (ReadingImportState.Imported, readings, byName, atUtc);
    }
}

/// <summary>The file itself, packed, as it was uploaded.</summary>
public sealed class ReadingImportFile
{
    public Guid ImportId { get; init; }
    public required byte[] Packed { get; init; }
}

sealed class ReadingImportMap : IEntityTypeConfiguration<ReadingImport>
{
    public void Configure(EntityTypeBuilder<ReadingImport> import)
    {
        import.ToTable("reading_imports");
        import.Property(i => i.FileName).HasMaxLength(200);
        import.Property(i => i.ContentHash).HasMaxLength(64);
        import.Property(i => i.Format).HasMaxLength(20);
        import.Property(i => i.ReportJson).HasMaxLength(400_000);
        import.Property(i => i.UploadedByName).HasMaxLength(60);
        import.Property(i => i.ImportedByName).HasMaxLength(60);
        import.Ignore(i => i.Report);
        // The same content is imported once, whoever asks at the same moment.
        import.HasIndex(i => i.ContentHash).IsUnique().HasFilter("state = 'Imported'");
    }
}

sealed class ReadingImportFileMap : IEntityTypeConfiguration<ReadingImportFile>
{
    public void Configure(EntityTypeBuilder<ReadingImportFile> file)
    {
        file.ToTable("reading_import_files").InsertOnly().HasKey(f => f.ImportId);
        file.HasOne<ReadingImport>().WithOne().HasForeignKey<ReadingImportFile>(f => f.ImportId);
    }
}
