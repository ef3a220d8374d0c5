using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Billing;

namespace OpenHall.Reconciliation;

/// <summary>Wrong: has mistakes, none of its lines was written. Imported: all of them are there, once.</summary>
public enum StatementState { Wrong, Imported }

/// <summary>对账单: a file of a bank or channel, as it was checked and what it brought.</summary>
public sealed class Statement
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public Guid Id { get; init; }
    public Guid MoneyAccountId { get; init; }
    public required string FileName { get; init; }
    public required string ContentHash { get; init; }
    public required string Layout { get; init; }
    public required string Format { get; init; }
    public StatementState State { get; init; }
    public DateOnly? FromDay { get; init; }
    public DateOnly? ToDay { get; init; }
    public int Lines { get; init; }
    /// <summary>Lines that no statement had brought before.</summary>
    public int NewLines { get; init; }
    public int Skipped { get; init; }
    /// <summary>Totals of the file that were compared with its lines.</summary>
    public int Totals { get; init; }
    public bool BalancesRun { get; init; }
    public bool WasReversed { get; init; }
    public long InFen { get; init; }
    public long OutFen { get; init; }
    public long? OpeningFen { get; init; }
    public long? ClosingFen { get; init; }
    public int MistakeCount { get; init; }
    public required string MistakesJson { get; init; }
    public Guid? UploadedBy { get; init; }
    public required string UploadedByName { get; init; }
    public DateTime UploadedAtUtc { get; init; }

    public IReadOnlyList<LineNote> MistakeNotes() => JsonSerializer.Deserialize<List<LineNote>>(MistakesJson, Json)!;

    public static string Write(IReadOnlyList<LineNote> mistakes) => JsonSerializer.Serialize(mistakes, Json);
}

/// <summary>The file itself, packed, as it was uploaded. Insert-only.</summary>
public sealed class StatementFile
{
    public Guid StatementId { get; init; }
    public required byte[] Packed { get; init; }
}

/// <summary>A line of a money account, from whichever file brought it first. Insert-only.</summary>
public sealed class StatementLine
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid MoneyAccountId { get; init; }
    public Guid StatementId { get; init; }
    /// <summary>In that file.</summary>
    public int Line { get; init; }
    public DateOnly Day { get; init; }
    /// <summary>The bank's clock; null: the file has no time.</summary>
    public int? SecondOfDay { get; init; }
    /// <summary>Above 0 in, below 0 out.</summary>
    public long AmountFen { get; init; }
    public long? FeeFen { get; init; }
    public long? BalanceFen { get; init; }
    public required string Reference { get; init; }
    public required string OrderReference { get; init; }
    public required string Party { get; init; }
    public required string PartyAccount { get; init; }
    public required string Note { get; init; }
    /// <summary>Tells the line from every other of the account, whichever file it stands in (<see cref="LineKeys"/>).</summary>
    public required string Key { get; init; }

    public Kernel.Money Amount => new(AmountFen);

    public string? Time => SecondOfDay is { } second ? TimeOnly.MinValue.Add(TimeSpan.FromSeconds(second)).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) : null;
}

sealed class StatementMap : IEntityTypeConfiguration<Statement>
{
    public void Configure(EntityTypeBuilder<Statement> statement)
    {
        statement.ToTable("statements").InsertOnly();
        statement.Property(s => s.FileName).HasMaxLength(200);
        statement.Property(s => s.ContentHash).HasMaxLength(64);
        statement.Property(s => s.Layout).HasMaxLength(40);
        statement.Property(s => s.Format).HasMaxLength(20);
        statement.Property(s => s.MistakesJson).HasMaxLength(100_000);
        statement.Property(s => s.UploadedByName).HasMaxLength(60);
        statement.HasIndex(s => new { s.MoneyAccountId, s.ToDay });
        statement.HasOne<MoneyAccount>().WithMany().HasForeignKey(s => s.MoneyAccountId);
        statement.Check("figures", "lines >= 0 and new_lines between 0 and lines and in_fen >= 0 and out_fen >= 0");
        statement.Check("wrong", "(state = 'Wrong') = (mistake_count > 0) and (state = 'Imported' or new_lines = 0)");
    }
}

sealed class StatementFileMap : IEntityTypeConfiguration<StatementFile>
{
    public void Configure(EntityTypeBuilder<StatementFile> file) => file.ToTable("statement_files").InsertOnly().HasKey(f => f.StatementId);
}

sealed class StatementLineMap : IEntityTypeConfiguration<StatementLine>
{
    public void Configure(EntityTypeBuilder<StatementLine> line)
    {
        line.ToTable("statement_lines").InsertOnly();
        line.Property(l => l.Reference).HasMaxLength(64);
        line.Property(l => l.OrderReference).HasMaxLength(64);
        line.Property(l => l.Party).HasMaxLength(100);
        line.Property(l => l.PartyAccount).HasMaxLength(50);
        line.Property(l => l.Note).HasMaxLength(200);
        line.Property(l => l.Key).HasMaxLength(32);
        line.Ignore(l => l.Amount).Ignore(l => l.Time);
        line.HasIndex(l => new { l.MoneyAccountId, l.Key }).IsUnique();
        line.HasIndex(l => new { l.MoneyAccountId, l.Day });
        line.HasIndex(l => l.StatementId);
        line.HasOne<MoneyAccount>().WithMany().HasForeignKey(l => l.MoneyAccountId);
        line.Check("amount", "amount_fen <> 0");
        line.Check("second", "second_of_day is null or second_of_day between 0 and 86399");
    }
}
