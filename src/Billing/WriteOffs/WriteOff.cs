using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>Proposed: evidence is gathered. Done: booked. Withdrawn: taken back before.</summary>
public enum WriteOffState { Proposed, Done, Withdrawn }

/// <summary>Why a debt can't be collected.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WriteOffReason>))]
public enum WriteOffReason { Bankrupt, Deceased, Untraceable, TimeBarred, CourtEnded, Uneconomical }

/// <summary>坏账核销: bills of an account are given up as a bad debt, on evidence and with another person's agreement. They stay to be seen, and are collected when they are paid after all.</summary>
public sealed class WriteOff
{
    public const int MaxNote = 400;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>From 1, an account's first.</summary>
    public short Sequence { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    public WriteOffReason Reason { get; init; }
    public required string Note { get; init; }
    /// <summary>Owing without late fee.</summary>
    public long TotalFen { get; init; }
    public required string ProposedByName { get; init; }
    public DateTime ProposedAtUtc { get; init; }
    public WriteOffState State { get; private set; }
    /// <summary>Day of the books.</summary>
    public DateOnly? BookedOn { get; private set; }
    public string? DoneByName { get; private set; }
    public string? ApprovedByName { get; private set; }
    public DateTime? DoneAtUtc { get; private set; }

    public string Number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"HX{AccountNumber}-{Sequence}");
    public Money Total => new(TotalFen);

    /// <summary>What files of evidence belong to.</summary>
    public const string OwnerKind = "writeoff";

    /// <exception cref="Refused">writeoff.not_proposed</exception>
    public void Do(DateOnly on, string byName, string approvedByName, DateTime atUtc)
    {
        Refused.If(State != WriteOffState.Proposed, "writeoff.not_proposed", Number);
        (State, BookedOn, DoneByName, ApprovedByName, DoneAtUtc) = (WriteOffState.Done, on, byName, approvedByName, atUtc);
    }

    /// <exception cref="Refused">writeoff.not_proposed</exception>
    public void Withdraw(string byName, DateTime atUtc)
    {
        Refused.If(State != WriteOffState.Proposed, "writeoff.not_proposed", Number);
        (State, DoneByName, DoneAtUtc) = (WriteOffState.Withdrawn, byName, atUtc);
    }
}

/// <summary>A bill that is to be written off, with what was owed when it was proposed. Never changed.</summary>
public sealed class WriteOffBill
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public short Sequence { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public long AmountFen { get; init; }

    public BillKey Key => new(AccountId, Period, Issue);
}

/// <summary>收回已核销: a part of a written-off bill was paid after all, or that payment was taken back (below 0). Never changed.</summary>
public sealed class WriteOffRecovery
{
    public short Bucket { get; init; }
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public long AmountFen { get; init; }
    /// <summary>Number of the payment or of its reversal.</summary>
    public required string Reference { get; init; }
    public DateOnly BookedOn { get; init; }
    public DateTime AtUtc { get; init; }

    /// <summary>What is paid of a written-off bill is owed again first (debit 1122, credit 1231), so that the payment itself is booked like any other.</summary>
    /// <param name="amount">Below 0: taken back.</param>
    public static void Book(HallDb db, CustomerBill bill, Money amount, string reference, BusinessDate on)
    {
        db.Add(new WriteOffRecovery { Bucket = bill.Bucket, AccountId = bill.AccountId, Period = bill.Period, Issue = bill.Issue, AmountFen = amount.Fen, Reference = reference, BookedOn = on.Day, AtUtc = db.AtUtc });
        var entry = amount > Money.Zero
            ? new JournalEntry("writeoff.recovered", reference, on, Posting.ToDebit(AccountCodes.Receivable, amount), Posting.ToCredit(AccountCodes.BadDebtAllowance, amount))
            : new JournalEntry("writeoff.unrecovered", reference, on, Posting.ToDebit(AccountCodes.BadDebtAllowance, -amount), Posting.ToCredit(AccountCodes.Receivable, -amount));
        db.PostToAccount(bill.AccountId, entry);
    }
}

sealed class WriteOffMap : IEntityTypeConfiguration<WriteOff>
{
    public void Configure(EntityTypeBuilder<WriteOff> off)
    {
        off.ToTable("write_offs").AccountSide().HasKey(w => new { w.Bucket, w.AccountId, w.Sequence });
        off.Ignore(w => w.Number).Ignore(w => w.Total);
        off.Property(w => w.AccountNumber).HasMaxLength(20);
        off.Property(w => w.UnitPath).HasMaxLength(200);
        off.Property(w => w.Note).HasMaxLength(WriteOff.MaxNote);
        off.Property(w => w.ProposedByName).HasMaxLength(60);
        off.Property(w => w.DoneByName).HasMaxLength(60);
        off.Property(w => w.ApprovedByName).HasMaxLength(60);
        // One proposal of an account at a time: the second of the same instant is refused by the database itself.
        off.HasIndex(w => new { w.Bucket, w.AccountId }).IsUnique().HasFilter("state = 'Proposed'");
        off.HasIndex(w => new { w.State, w.BookedOn });
        off.Check("bucket_of_account", "bucket = account_id % 1024");
        off.Check("amount", "total_fen > 0 and sequence > 0");
        off.Check("done_has_day", "(state = 'Done') = (booked_on is not null) and (state = 'Proposed') = (done_at_utc is null)");
    }
}

sealed class WriteOffBillMap : IEntityTypeConfiguration<WriteOffBill>
{
    public void Configure(EntityTypeBuilder<WriteOffBill> bill)
    {
        bill.ToTable("write_off_bills").AccountSide().InsertOnly().HasKey(b => new { b.Bucket, b.AccountId, b.Sequence, b.Period, b.Issue });
        bill.Ignore(b => b.Key);
        bill.HasOne<WriteOff>().WithMany().HasForeignKey(b => new { b.Bucket, b.AccountId, b.Sequence });
        bill.HasOne<CustomerBill>().WithMany().HasForeignKey(b => new { b.Bucket, b.AccountId, b.Period, b.Issue });
        bill.Check("amount", "amount_fen > 0");
    }
}

sealed class WriteOffRecoveryMap : IEntityTypeConfiguration<WriteOffRecovery>
{
    public void Configure(EntityTypeBuilder<WriteOffRecovery> recovery)
    {
        recovery.ToTable("write_off_recoveries").AccountSide().InsertOnly().HasKey(r => new { r.Bucket, r.Id });
        recovery.Property(r => r.Reference).HasMaxLength(30);
        recovery.HasIndex(r => new { r.Bucket, r.AccountId, r.Period, r.Issue });
        recovery.HasOne<CustomerBill>().WithMany().HasForeignKey(r => new { r.Bucket, r.AccountId, r.Period, r.Issue });
        recovery.Check("bucket_of_account", "bucket = account_id % 1024");
        recovery.Check("amount", "amount_fen <> 0");
    }
}
