using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Open: waits for somebody. Investigated: the meter is being read again. Released: it was right. Withdrawn: it was wrong. Dropped: its run was.</summary>
public enum HeldState { Open, Investigated, Released, Withdrawn, Dropped }

/// <summary>待核账单: why a bill was kept back from release, and what became of it.</summary>
public sealed class HeldBill
{
    public const int MaxNote = 200;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public Guid RunId { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    /// <summary>Codes of <see cref="BillChecks"/>, separated by blanks.</summary>
    public required string Codes { get; init; }
    public long UsageWh { get; init; }
    public long AmountFen { get; init; }
    /// <summary>Energy it was measured by, for as many days; null: there was none.</summary>
    public long? UsualWh { get; init; }
    public HeldState State { get; private set; }
    public string? Note { get; private set; }
    public string? DecidedByName { get; private set; }
    public DateTime? DecidedAtUtc { get; private set; }

    public BillKey Key => new(AccountId, Period, Issue);

    /// <exception cref="Refused">held.decided_already; held.note_missing</exception>
    public void Decide(HeldState state, string? note, string byName, DateTime atUtc)
    {
        Refused.If(State is not (HeldState.Open or HeldState.Investigated) || state is HeldState.Open or HeldState.Dropped, "held.decided_already", DecidedByName ?? "");
        Refused.IfField(string.IsNullOrWhiteSpace(note) || note.Length > MaxNote, "Reason", "held.note_missing", MaxNote);
        (State, Note, DecidedByName, DecidedAtUtc) = (state, note!.Trim(), byName, atUtc);
    }
}

sealed class HeldBillMap : IEntityTypeConfiguration<HeldBill>
{
    public void Configure(EntityTypeBuilder<HeldBill> held)
    {
        held.ToTable("held_bills").AccountSide().HasKey(h => new { h.Bucket, h.AccountId, h.Period, h.Issue });
        held.Ignore(h => h.Key);
        held.Property(h => h.AccountNumber).HasMaxLength(20);
        held.Property(h => h.UnitPath).HasMaxLength(200);
        held.Property(h => h.Codes).HasMaxLength(80);
        held.Property(h => h.Note).HasMaxLength(HeldBill.MaxNote);
        held.Property(h => h.DecidedByName).HasMaxLength(60);
        held.HasIndex(h => new { h.Bucket, h.State });
        held.HasIndex(h => new { h.Bucket, h.RunId });
        held.HasOne<CustomerBill>().WithMany().HasForeignKey(h => new { h.Bucket, h.AccountId, h.Period, h.Issue });
        held.Check("bucket_of_account", "bucket = account_id % 1024");
    }
}
