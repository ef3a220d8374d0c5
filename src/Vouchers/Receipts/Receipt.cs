using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

public enum ReceiptState { Used, Void }

/// <summary>收据: one number of a book, used for a payment or void with its reason. Neither comes back.</summary>
public sealed class Receipt
{
    public const int MaxNumberLength = ReceiptBook.MaxPrefix + 8;
    public const int MaxReason = 200;

    private Receipt() { }

    /// <summary>As printed: <c>SJ00000123</c>.</summary>
    public string Number { get; private init; } = "";
    public Guid BookId { get; private init; }
    public long BookNumber { get; private init; }
    public Guid HallId { get; private init; }
    public Guid ClerkId { get; private init; }
    public string ClerkName { get; private init; } = "";
    public BusinessDate BusinessDate { get; private init; }
    /// <summary>Money received for it; 0 for a number spoilt before use.</summary>
    public long AmountFen { get; private init; }
    /// <summary>What it stands for: <c>payment</c>; null: spoilt before use.</summary>
    public string? Kind { get; private init; }
    /// <summary>Account and document behind it.</summary>
    public long? AccountId { get; private init; }
    public Guid? DocumentId { get; private init; }
    public DateTime IssuedAtUtc { get; private init; }
    public ReceiptState State { get; private set; }
    public string? VoidReason { get; private set; }
    public string? VoidedByName { get; private set; }
    public DateTime? VoidedAtUtc { get; private set; }
    /// <summary>Times it was printed again, each marked 重打.</summary>
    public int Reprints { get; private set; }

    public Money Amount => new(AmountFen);

    /// <summary>Uses the book's next number for a document.</summary>
    /// <exception cref="Refused">receipt_book.not_yours; receipt_book.not_confirmed; receipt_book.used_up</exception>
    public static Receipt Use(ReceiptBook book, Guid clerkId, string clerkName, BusinessDate date, Money amount, string kind, long accountId, Guid documentId, DateTime atUtc)
    {
        var number = book.Next(clerkId);
        return new()
        {
            Number = book.Written(number), BookId = book.Id, BookNumber = number, HallId = book.HallId!.Value, ClerkId = clerkId, ClerkName = clerkName, BusinessDate = date,
            AmountFen = amount.Fen, Kind = kind, AccountId = accountId, DocumentId = documentId, IssuedAtUtc = atUtc,
        };
    }

    /// <summary>The book's next number is spoilt (torn, misprinted): used up as void.</summary>
    public static Receipt Spoil(ReceiptBook book, Guid clerkId, string clerkName, BusinessDate date, string reason, DateTime atUtc)
    {
        var number = book.NextNumber;
        book.Confirm(clerkId, number, atUtc);
        book.Next(clerkId);
        return new()
        {
            Number = book.Written(number), BookId = book.Id, BookNumber = number, HallId = book.HallId!.Value, ClerkId = clerkId, ClerkName = clerkName, BusinessDate = date,
            IssuedAtUtc = atUtc, State = ReceiptState.Void, VoidReason = reason, VoidedByName = clerkName, VoidedAtUtc = atUtc,
        };
    }

    /// <summary>作废 after use; the reason stays with the number.</summary>
    /// <exception cref="Refused">receipt.already_void; receipt.reason_missing</exception>
    public void Void(string reason, string byName, DateTime atUtc)
    {
        Refused.If(State == ReceiptState.Void, "receipt.already_void", Number, VoidReason!);
        Refused.IfField(string.IsNullOrWhiteSpace(reason), "Reason", "receipt.reason_missing");
        (State, VoidReason, VoidedByName, VoidedAtUtc) = (ReceiptState.Void, reason.Trim(), byName, atUtc);
    }

    public int PrintAgain() => ++Reprints;
}

sealed class ReceiptMap : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> receipt)
    {
        receipt.ToTable("receipts").HasKey(r => new { r.BookId, r.BookNumber });
        receipt.Property(r => r.Number).HasMaxLength(Receipt.MaxNumberLength);
        receipt.Property(r => r.ClerkName).HasMaxLength(60);
        receipt.Property(r => r.Kind).HasMaxLength(20);
        receipt.Property(r => r.VoidReason).HasMaxLength(Receipt.MaxReason);
        receipt.Property(r => r.VoidedByName).HasMaxLength(60);
        receipt.Ignore(r => r.Amount);
        receipt.HasIndex(r => r.Number).IsUnique();
        receipt.HasIndex(r => new { r.HallId, r.BusinessDate });
        receipt.HasOne<ReceiptBook>().WithMany().HasForeignKey(r => r.BookId);
        receipt.Check("void_has_reason", "(state = 'Void') = (void_reason is not null)");
        receipt.Check("used_has_document", "state = 'Void' or (document_id is not null and account_id is not null)");
        receipt.Check("figures", "amount_fen >= 0 and reprints >= 0");
    }
}
