using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Vouchers;

namespace OpenHall.Payments;

public enum TillState { Open, Closed }

/// <summary>收银班次: one clerk's drawer, from the counted float to the blind count, on one business date. While it is open its day can't close.</summary>
public sealed class TillSession
{
    /// <summary>Characters of the counter's name as it stands on receipts.</summary>
    public const int MaxCounterName = 30;

    private TillSession() { }

    public TillSession(Guid hallId, BusinessDate date, Clerk clerk, Counter? counter, Money openingFloat, ReceiptBook book, string ownAccounts, DateTime atUtc)
    {
        (Id, HallId, BusinessDate, FloatFen, ReceiptBookId, OwnAccounts, OpenedAtUtc) = (Guid.CreateVersion7(), hallId, date, openingFloat.Fen, book.Id, ownAccounts, atUtc);
        (ClerkId, ClerkName, ClerkNumber) = clerk;
        if (counter is not null) SitAt(counter);
    }

    public sealed record Clerk(Guid Id, string Name, string Number);

    public Guid Id { get; private init; }
    public Guid HallId { get; private init; }
    public BusinessDate BusinessDate { get; private init; }
    public Guid ClerkId { get; private init; }
    public string ClerkName { get; private init; } = "";
    public string ClerkNumber { get; private init; } = "";
    public Guid? CounterId { get; private set; }
    public string CounterName { get; private set; } = "";
    public TillState State { get; private set; }
    /// <summary>Book in use; its next number was confirmed against the paper.</summary>
    public Guid ReceiptBookId { get; private set; }
    /// <summary>Ids of accounts that are the clerk's own, found at opening by the telephone number; payments for them are flagged.</summary>
    public string OwnAccounts { get; private init; } = "";
    public long FloatFen { get; private init; }
    public DateTime OpenedAtUtc { get; private init; }
    public DateTime? ClosedAtUtc { get; private set; }
    /// <summary>All three are unknown until the count is handed in.</summary>
    public long? CountedFen { get; private set; }
    public long? ExpectedFen { get; private set; }
    public long? DifferenceFen { get; private set; }
    /// <summary>Times the count was handed in: 1, and one more for each reopening.</summary>
    public short Counts { get; private set; }
    public string? ReopenReason { get; private set; }
    /// <summary>Who handed the count in for the clerk, and why; null: she did it herself.</summary>
    public string? ClosedForByName { get; private set; }
    public string? ClosedForReason { get; private set; }

    public bool IsOwn(long accountId) => OwnAccounts.Length > 0 && OwnAccounts.Split(' ').Contains(accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <exception cref="Refused">till.closed</exception>
    public void RequireOpen() => Refused.If(State == TillState.Closed, "till.closed", LocalTime.Of(ClosedAtUtc ?? OpenedAtUtc));

    /// <summary>The clerk has sat down at that counter: what is taken from now on says so.</summary>
    public void SitAt(Counter counter)
    {
        var label = Counter.LabelOf(counter.Number, counter.Name);
        (CounterId, CounterName) = (counter.Id, label.Length > MaxCounterName ? label[..MaxCounterName] : label);
    }

    public void Use(ReceiptBook book) => ReceiptBookId = book.Id;

    /// <summary>The count is handed in: only now what should be in the drawer is set beside it.</summary>
    /// <param name="taken">Σ cash movements of the session.</param>
    /// <exception cref="Refused">till.closed</exception>
    public void Close(Money counted, Money taken, DateTime atUtc)
    {
        RequireOpen();
        var expected = new Money(FloatFen) + taken;
        (State, ClosedAtUtc, CountedFen, ExpectedFen, DifferenceFen) = (TillState.Closed, atUtc, counted.Fen, expected.Fen, (counted - expected).Fen);
        Counts++;
    }

    /// <summary>The count was handed in by another person, since the clerk could not.</summary>
    public void WasClosedFor(string byName, string reason) => (ClosedForByName, ClosedForReason) = (byName, reason);

    /// <exception cref="Refused">till.not_closed</exception>
    public void Reopen(string reason)
    {
        Refused.If(State == TillState.Open, "till.not_closed");
        (State, ClosedAtUtc, CountedFen, ExpectedFen, DifferenceFen, ReopenReason) = (TillState.Open, null, null, null, null, reason);
        (ClosedForByName, ClosedForReason) = (null, null);
    }
}

sealed class TillSessionMap : IEntityTypeConfiguration<TillSession>
{
    public void Configure(EntityTypeBuilder<TillSession> till)
    {
        till.ToTable("till_sessions");
        till.Property(t => t.ClerkName).HasMaxLength(60);
        till.Property(t => t.ClerkNumber).HasMaxLength(40);
        till.Property(t => t.CounterName).HasMaxLength(TillSession.MaxCounterName);
        till.Property(t => t.OwnAccounts).HasMaxLength(400);
        till.Property(t => t.ReopenReason).HasMaxLength(200);
        till.Property(t => t.ClosedForByName).HasMaxLength(60);
        till.Property(t => t.ClosedForReason).HasMaxLength(200);
        till.HasIndex(t => new { t.HallId, t.BusinessDate });
        till.HasIndex(t => new { t.ClerkId, t.OpenedAtUtc });
        // A clerk has one open drawer.
        till.HasIndex(t => t.ClerkId).IsUnique().HasFilter("state = 'Open'");
        till.HasOne<Hall>().WithMany().HasForeignKey(t => t.HallId);
        till.HasOne<ReceiptBook>().WithMany().HasForeignKey(t => t.ReceiptBookId);
        till.Check("float", "float_fen >= 0");
        till.Check("closed_is_counted", "(state = 'Closed') = (closed_at_utc is not null and counted_fen is not null and expected_fen is not null and difference_fen is not null)");
        till.Check("closed_for", "closed_for_by_name is null or (state = 'Closed' and closed_for_reason is not null)");
        till.Check("difference", "difference_fen is null or difference_fen = counted_fen - expected_fen");
    }
}
