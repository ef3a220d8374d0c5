using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

public enum DebitState { Active, Ended }

/// <summary>代扣协议: the customer lets the company collect an account's bills from a bank account, by a signed paper.</summary>
public sealed class DebitAgreement
{
    public const int MaxHolder = 60;
    public const int MaxPaper = 40;
    public const int MaxReason = 200;
    /// <summary>分; a million 元.</summary>
    public const long MostLimitFen = 100_000_000;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>From 1, an account's first.</summary>
    public short Sequence { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    public required string BankCode { get; init; }
    /// <summary>Shown masked; whole only in the bank's file.</summary>
    public required string BankAccount { get; init; }
    public required string Holder { get; init; }
    /// <summary>Most that is collected at once; null: no limit.</summary>
    public long? LimitFen { get; init; }
    /// <summary>Number on the signed paper.</summary>
    public required string PaperNumber { get; init; }
    public DateOnly StartsOn { get; init; }
    /// <summary>Last day agreed; null: until it is ended.</summary>
    public DateOnly? EndsOn { get; init; }
    public required string SignedByName { get; init; }
    public DateTime SignedAtUtc { get; init; }
    public DebitState State { get; private set; }
    public string? EndedByName { get; private set; }
    public string? EndReason { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>Refusals in a row.</summary>
    public short Refusals { get; private set; }
    /// <summary>Not asked before this day.</summary>
    public DateOnly? NotBefore { get; private set; }

    public string Number => string.Create(CultureInfo.InvariantCulture, $"DK{AccountNumber}-{Sequence}");

    public string MaskedAccount => Masked.BankCard(BankAccount);

    public Money? Limit => LimitFen is { } fen ? new(fen) : null;

    /// <exception cref="Refused">debit.ended</exception>
    public void End(string byName, string reason, DateTime atUtc)
    {
        Refused.If(State == DebitState.Ended, "debit.ended", Number);
        (State, EndedByName, EndReason, EndedAtUtc) = (DebitState.Ended, byName, reason, atUtc);
    }

    public void Collected() => (Refusals, NotBefore) = (0, null);

    /// <summary>The bank refused: asked again after some days, or, where that makes no sense, not before it is signed anew.</summary>
    public void RefusedBy(DebitReason reason, DateOnly on, DebitBanks rule, string byName, DateTime atUtc)
    {
        (Refusals, NotBefore) = ((short)(reason.IsRetried ? Refusals + 1 : rule.MostRefusals), on.AddDays(rule.AfterDays));
        if (reason.Ends && State == DebitState.Active) End(byName, $"{reason.Code} {reason.Name.Zh}", atUtc);
    }
}

sealed class DebitAgreementMap : IEntityTypeConfiguration<DebitAgreement>
{
    public void Configure(EntityTypeBuilder<DebitAgreement> agreement)
    {
        agreement.ToTable("debit_agreements").AccountSide().HasKey(a => new { a.Bucket, a.AccountId, a.Sequence });
        agreement.Ignore(a => a.Number).Ignore(a => a.MaskedAccount).Ignore(a => a.Limit);
        agreement.Property(a => a.AccountNumber).HasMaxLength(20);
        agreement.Property(a => a.UnitPath).HasMaxLength(200);
        agreement.Property(a => a.BankCode).HasMaxLength(DebitBatch.MaxBank);
        agreement.Property(a => a.BankAccount).HasMaxLength(DebitBatch.MaxBankAccount);
        agreement.Property(a => a.Holder).HasMaxLength(DebitAgreement.MaxHolder);
        agreement.Property(a => a.PaperNumber).HasMaxLength(DebitAgreement.MaxPaper);
        agreement.Property(a => a.SignedByName).HasMaxLength(60);
        agreement.Property(a => a.EndedByName).HasMaxLength(60);
        agreement.Property(a => a.EndReason).HasMaxLength(DebitAgreement.MaxReason);
        // One agreement of an account at a time: the second of the same instant is refused by the database itself.
        agreement.HasIndex(a => new { a.Bucket, a.AccountId }).IsUnique().HasFilter("state = 'Active'");
        agreement.HasIndex(a => new { a.Bucket, a.BankCode }).HasFilter("state = 'Active'");
        agreement.Check("bucket_of_account", "bucket = account_id % 1024");
        agreement.Check("values", "sequence > 0 and refusals >= 0 and (limit_fen is null or limit_fen > 0) and (ends_on is null or ends_on >= starts_on)");
        agreement.Check("ended_has_time", "(state = 'Ended') = (ended_at_utc is not null)");
    }
}
