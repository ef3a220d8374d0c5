using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Vouchers;

/// <summary>Arrived (in the department's store) → InHall → WithClerk → UsedUp.</summary>
public enum ReceiptBookState { Arrived, InHall, WithClerk, UsedUp }

public enum ReceiptBookAction { IssueToHall, IssueToClerk, ReturnToHall, ReturnToDepartment, UseUp }

/// <summary>收据本: a run of printed numbers. Each is used once and in order; the next one is told from the row itself, so numbers have no gaps.</summary>
public sealed class ReceiptBook
{
    public const int MaxPrefix = 8;
    public const long MaxNumber = 99_999_999;

    private ReceiptBook() { }

    public ReceiptBook(string prefix, long first, long last, DateTime atUtc) =>
        (Id, Prefix, FirstNumber, LastNumber, NextNumber, ArrivedAtUtc) = (Guid.CreateVersion7(), prefix, first, last, first, atUtc);

    /// <summary>Every move there is; what is not in it is refused.</summary>
    public static readonly IReadOnlyList<(ReceiptBookState From, ReceiptBookAction Action, ReceiptBookState To)> Moves =
    [
        (ReceiptBookState.Arrived, ReceiptBookAction.IssueToHall, ReceiptBookState.InHall),
        (ReceiptBookState.InHall, ReceiptBookAction.IssueToClerk, ReceiptBookState.WithClerk),
        (ReceiptBookState.InHall, ReceiptBookAction.ReturnToDepartment, ReceiptBookState.Arrived),
        (ReceiptBookState.WithClerk, ReceiptBookAction.ReturnToHall, ReceiptBookState.InHall),
        (ReceiptBookState.WithClerk, ReceiptBookAction.UseUp, ReceiptBookState.UsedUp),
    ];

    public Guid Id { get; private init; }
    /// <summary>Printed before the number: <c>SJ</c>.</summary>
    public string Prefix { get; private init; } = "";
    public long FirstNumber { get; private init; }
    public long LastNumber { get; private init; }
    /// <summary>First number not used yet; one above <see cref="LastNumber"/> when all are used.</summary>
    public long NextNumber { get; private set; }
    public ReceiptBookState State { get; private set; }
    public Guid? HallId { get; private set; }
    public Guid? ClerkId { get; private set; }
    public string? ClerkName { get; private set; }
    public DateTime ArrivedAtUtc { get; private init; }
    public DateTime? IssuedAtUtc { get; private set; }
    /// <summary>When its holder last looked at the paper and found the next number to be ours.</summary>
    public DateTime? ConfirmedAtUtc { get; private set; }

    public long Left => LastNumber - NextNumber + 1;

    /// <summary>As printed: <c>SJ00000123</c>.</summary>
    public string Written(long number) => Prefix + number.ToString("00000000", CultureInfo.InvariantCulture);

    public string NextWritten => Left > 0 ? Written(NextNumber) : "";

    /// <exception cref="Refused">receipt_book.move_not_allowed</exception>
    public void IssueTo(Guid hallId)
    {
        Move(ReceiptBookAction.IssueToHall);
        HallId = hallId;
    }

    /// <exception cref="Refused">receipt_book.move_not_allowed</exception>
    public void IssueTo(Guid clerkId, string clerkName, DateTime atUtc)
    {
        Move(ReceiptBookAction.IssueToClerk);
        (ClerkId, ClerkName, IssuedAtUtc, ConfirmedAtUtc) = (clerkId, clerkName, atUtc, null);
    }

    /// <summary>From the clerk back to the hall, from the hall back to the department.</summary>
    /// <exception cref="Refused">receipt_book.move_not_allowed</exception>
    public void Return()
    {
        if (State == ReceiptBookState.InHall)
        {
            Move(ReceiptBookAction.ReturnToDepartment);
            HallId = null;
            return;
        }

        Move(ReceiptBookAction.ReturnToHall);
        (ClerkId, ClerkName, ConfirmedAtUtc) = (null, null, null);
    }

    /// <summary>The clerk reads the number on the top sheet; it has to be the one we are going to use.</summary>
    /// <exception cref="Refused">receipt_book.not_yours; receipt_book.next_differs</exception>
    public void Confirm(Guid clerkId, long numberOnPaper, DateTime atUtc)
    {
        Refused.If(State != ReceiptBookState.WithClerk || ClerkId != clerkId, "receipt_book.not_yours", NextWritten);
        Refused.IfField(numberOnPaper != NextNumber, "NextNumber", "receipt_book.next_differs", NextNumber, numberOnPaper);
        ConfirmedAtUtc = atUtc;
    }

    /// <summary>Takes the next number; its holder has confirmed it against the paper.</summary>
    /// <exception cref="Refused">receipt_book.not_yours; receipt_book.not_confirmed; receipt_book.used_up</exception>
    public long Next(Guid clerkId)
    {
        Refused.If(State == ReceiptBookState.UsedUp, "receipt_book.used_up", Written(LastNumber));
        Refused.If(State != ReceiptBookState.WithClerk || ClerkId != clerkId, "receipt_book.not_yours", NextWritten);
        Refused.If(ConfirmedAtUtc is null, "receipt_book.not_confirmed", NextWritten);
        var number = NextNumber++;
        if (Left == 0) Move(ReceiptBookAction.UseUp);
        return number;
    }

    private void Move(ReceiptBookAction action) =>
        State = Moves.Where(m => m.From == State && m.Action == action).Select(m => (ReceiptBookState?)m.To).SingleOrDefault()
            ?? throw new Refused("receipt_book.move_not_allowed", Written(FirstNumber), Written(LastNumber));
}

sealed class ReceiptBookMap : IEntityTypeConfiguration<ReceiptBook>
{
    public void Configure(EntityTypeBuilder<ReceiptBook> book)
    {
        book.ToTable("receipt_books");
        book.Property(b => b.Prefix).HasMaxLength(ReceiptBook.MaxPrefix);
        book.Property(b => b.ClerkName).HasMaxLength(60);
        book.Ignore(b => b.Left).Ignore(b => b.NextWritten);
        book.HasIndex(b => new { b.Prefix, b.FirstNumber }).IsUnique();
        book.HasIndex(b => new { b.HallId, b.State });
        book.HasIndex(b => new { b.ClerkId, b.State });
        book.HasOne<Hall>().WithMany().HasForeignKey(b => b.HallId);
        book.Check("range", $"first_number >= 1 and last_number >= first_number and last_number <= 99999999 and next_number between first_number and last_number + 1");
        book.Check("used_up", "(state = 'UsedUp') = (next_number = last_number + 1)");
        book.Check("hall", "(state = 'Arrived') = (hall_id is null)");
        book.Check("clerk", "state not in ('WithClerk') or clerk_id is not null");
    }
}
