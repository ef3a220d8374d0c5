using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Active: parts are to come. Kept: all bills are paid. Broken: a part was missed. Ended: taken back by a person. After Broken and Ended everything is due at once.</summary>
public enum AgreementState { Active, Kept, Broken, Ended }

/// <summary>分期付款协议: overdue bills of an account that are paid in parts. While it is active the ladder of arrears stands still for them. One of an account is active at most.</summary>
public sealed class InstalmentAgreement
{
    public const int MaxNote = 200, MaxReason = 200;
    public const int MostBills = 36;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>From 1, an account's first.</summary>
    public short Sequence { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    public DateOnly SignedOn { get; init; }
    /// <summary>Owing and late fee of the bills on that day: what the parts add up to.</summary>
    public long TotalFen { get; init; }
    public short Parts { get; init; }
    public short GraceDays { get; init; }
    public bool LateFeeStands { get; init; }
    public string? Note { get; init; }
    public required string AskedByName { get; init; }
    public required string ApprovedByName { get; init; }
    public DateTime AtUtc { get; init; }
    public AgreementState State { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    public string? EndedByName { get; private set; }
    public string? Reason { get; private set; }
    /// <summary>Part that was missed.</summary>
    public short? MissedPart { get; private set; }

    public string Number => NumberOf(AccountNumber, Sequence);
    public Money Total => new(TotalFen);

    public static string NumberOf(string accountNumber, short sequence) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"FQ{accountNumber}-{sequence}");

    /// <summary>All its bills are paid.</summary>
    public void Keep(DateTime atUtc)
    {
        if (State == AgreementState.Active) (State, EndedAtUtc) = (AgreementState.Kept, atUtc);
    }

    /// <summary>The payment that kept it was taken back.</summary>
    public void GoOn()
    {
        if (State == AgreementState.Kept) (State, EndedAtUtc) = (AgreementState.Active, null);
    }

    public void Break(short missedPart, string byName, DateTime atUtc) =>
        (State, MissedPart, EndedByName, EndedAtUtc) = (AgreementState.Broken, missedPart, byName, atUtc);

    /// <exception cref="Refused">agreement.not_active; agreement.reason_missing</exception>
    public void End(string reason, string byName, DateTime atUtc)
    {
        Refused.If(State != AgreementState.Active, "agreement.not_active", Number);
        Refused.IfField(string.IsNullOrWhiteSpace(reason) || reason.Length > MaxReason, "Reason", "agreement.reason_missing", MaxReason);
        (State, Reason, EndedByName, EndedAtUtc) = (AgreementState.Ended, reason.Trim(), byName, atUtc);
    }
}

/// <summary>A part with its date and amount. Never changed; what is paid of it follows from the bills.</summary>
public sealed class InstalmentPart
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public short Sequence { get; init; }
    /// <summary>From 1: the down payment.</summary>
    public short Part { get; init; }
    public DateOnly DueOn { get; init; }
    public long AmountFen { get; init; }

    public Money Amount => new(AmountFen);
}

/// <summary>A bill that the agreement covers, as it stood when it was signed. Never changed.</summary>
public sealed class InstalmentBill
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public short Sequence { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public long OwingFen { get; init; }
    public long LateFeeFen { get; init; }
    /// <summary>What the bill asked for, and what was paid and waived of it and its late fee, at the signing: later payments are counted from here.</summary>
    public long AmountFen { get; init; }
    public long PaidFen { get; init; }

    public BillKey Key => new(AccountId, Period, Issue);
}

sealed class InstalmentAgreementMap : IEntityTypeConfiguration<InstalmentAgreement>
{
    public void Configure(EntityTypeBuilder<InstalmentAgreement> agreement)
    {
        agreement.ToTable("instalment_agreements").AccountSide().HasKey(a => new { a.Bucket, a.AccountId, a.Sequence });
        agreement.Ignore(a => a.Number).Ignore(a => a.Total);
        agreement.Property(a => a.AccountNumber).HasMaxLength(20);
        agreement.Property(a => a.UnitPath).HasMaxLength(200);
        agreement.Property(a => a.Note).HasMaxLength(InstalmentAgreement.MaxNote);
        agreement.Property(a => a.AskedByName).HasMaxLength(60);
        agreement.Property(a => a.ApprovedByName).HasMaxLength(60);
        agreement.Property(a => a.EndedByName).HasMaxLength(60);
        agreement.Property(a => a.Reason).HasMaxLength(InstalmentAgreement.MaxReason);
        // The second signer of the same instant is refused by the database itself.
        agreement.HasIndex(a => new { a.Bucket, a.AccountId }).IsUnique().HasFilter("state = 'Active'");
        agreement.HasIndex(a => new { a.State, a.SignedOn });
        agreement.Check("bucket_of_account", "bucket = account_id % 1024");
        agreement.Check("amounts", "total_fen > 0 and parts >= 2 and sequence > 0");
        agreement.Check("ended_has_time", "(state = 'Active') = (ended_at_utc is null)");
        agreement.Check("broken_has_part", "(state = 'Broken') = (missed_part is not null)");
    }
}

sealed class InstalmentPartMap : IEntityTypeConfiguration<InstalmentPart>
{
    public void Configure(EntityTypeBuilder<InstalmentPart> part)
    {
        part.ToTable("instalment_parts").AccountSide().InsertOnly().HasKey(p => new { p.Bucket, p.AccountId, p.Sequence, p.Part });
        part.Ignore(p => p.Amount);
        part.HasOne<InstalmentAgreement>().WithMany().HasForeignKey(p => new { p.Bucket, p.AccountId, p.Sequence });
        part.Check("amount", "amount_fen > 0 and part > 0");
    }
}

sealed class InstalmentBillMap : IEntityTypeConfiguration<InstalmentBill>
{
    public void Configure(EntityTypeBuilder<InstalmentBill> bill)
    {
        bill.ToTable("instalment_bills").AccountSide().InsertOnly().HasKey(b => new { b.Bucket, b.AccountId, b.Sequence, b.Period, b.Issue });
        bill.Ignore(b => b.Key);
        bill.HasOne<InstalmentAgreement>().WithMany().HasForeignKey(b => new { b.Bucket, b.AccountId, b.Sequence });
        bill.HasOne<CustomerBill>().WithMany().HasForeignKey(b => new { b.Bucket, b.AccountId, b.Period, b.Issue });
        bill.Check("amounts", "owing_fen >= 0 and late_fee_fen >= 0 and owing_fen + late_fee_fen > 0 and paid_fen >= 0");
    }
}
