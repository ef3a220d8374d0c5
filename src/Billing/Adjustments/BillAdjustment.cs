using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Credit lowers what a bill asks for, debit raises it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AdjustmentKind>))]
public enum AdjustmentKind { Credit, Debit }

[JsonConverter(typeof(JsonStringEnumConverter<AdjustmentReason>))]
public enum AdjustmentReason { MeterFault, ReadingWrong, TariffWrong, Concession, Dispute, Other }

/// <summary>调整单: what a released bill asks for was lowered or raised, by whom, with whose agreement and why. Never changed; a mistake is put right by another one.</summary>
public sealed class BillAdjustment
{
    public const int MaxNote = 200;
    /// <summary>Adjustments of one bill; one that needs more is billed anew.</summary>
    public const int MostOfABill = 20;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    /// <summary>From 1, without gaps.</summary>
    public short Sequence { get; init; }
    /// <summary>Below 0: a credit.</summary>
    public long AmountFen { get; init; }
    public long BeforeFen { get; init; }
    public long AfterFen { get; init; }
    /// <summary>Paid beyond the new amount, now on the account's balance.</summary>
    public long ToBalanceFen { get; init; }
    /// <summary>Late fee paid beyond what the new amount costs, now on the account's balance.</summary>
    public long LateFeeBackFen { get; init; }
    /// <summary>Last day to pay what was added without a late fee; null for a credit.</summary>
    public DateOnly? PayBy { get; init; }
    public AdjustmentReason Reason { get; init; }
    public required string Note { get; init; }
    public Guid? AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required string ApprovedByName { get; init; }
    public DateTime AtUtc { get; init; }

    public BillKey Bill => new(AccountId, Period, Issue);
    /// <summary>Number of the bill, with the place among its adjustments.</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"{Bill.Number}-{Sequence}");
    public Money Amount => new(AmountFen);
    public Money ToBalance => new(ToBalanceFen + LateFeeBackFen);
    public AdjustmentKind Kind => AmountFen < 0 ? AdjustmentKind.Credit : AdjustmentKind.Debit;
}

sealed class BillAdjustmentMap : IEntityTypeConfiguration<BillAdjustment>
{
    public void Configure(EntityTypeBuilder<BillAdjustment> adjustment)
    {
        adjustment.ToTable("bill_adjustments").AccountSide().InsertOnly().HasKey(a => new { a.Bucket, a.AccountId, a.Period, a.Issue, a.Sequence });
        adjustment.Ignore(a => a.Bill).Ignore(a => a.Number).Ignore(a => a.Amount).Ignore(a => a.ToBalance).Ignore(a => a.Kind);
        adjustment.Property(a => a.Note).HasMaxLength(BillAdjustment.MaxNote);
        adjustment.Property(a => a.AskedByName).HasMaxLength(60);
        adjustment.Property(a => a.ApprovedByName).HasMaxLength(60);
        adjustment.HasOne<CustomerBill>().WithMany().HasForeignKey(a => new { a.Bucket, a.AccountId, a.Period, a.Issue });
        adjustment.Check("bucket_of_account", "bucket = account_id % 1024");
        adjustment.Check("sequence", $"sequence between 1 and {BillAdjustment.MostOfABill}");
        adjustment.Check("adds_up", "amount_fen <> 0 and before_fen >= 0 and after_fen >= 0 and after_fen = before_fen + amount_fen and to_balance_fen >= 0 and late_fee_back_fen >= 0");
    }
}
