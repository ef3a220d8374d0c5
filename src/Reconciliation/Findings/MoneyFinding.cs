using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>OnlyInStatement: money the books know nothing of (长款). OnlyInBooks: money that did not arrive (短款). AmountDiffers: same reference, other amount. LineTwice: taken twice by the channel.</summary>
public enum FindingKind { OnlyInStatement, OnlyInBooks, AmountDiffers, LineTwice }

/// <summary>Open: somebody looks into it. Settled: explained. Vanished: a later comparison found the other side.</summary>
public enum FindingState { Open, Settled, Vanished }

public enum FindingCause { BankFee, Interest, OtherBusiness, Timing, ClerkError, ChannelError, GivenBack, Other }

/// <summary>对账差异: what does not agree between a statement and the books, whose it is to clear and until when.</summary>
public sealed class MoneyFinding
{
    public const int MaxNote = 200;

    private MoneyFinding() { }

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MoneyAccountId { get; private init; }
    public FindingKind Kind { get; private init; }
    public Guid? LineId { get; private init; }
    public string? ItemKey { get; private init; }
    /// <summary>Hall whose money it is; null: not known.</summary>
    public Guid? HallId { get; private init; }
    public DateOnly Day { get; private init; }
    public long? StatementFen { get; private init; }
    public long? BooksFen { get; private init; }
    /// <summary>Numbers people look it up by.</summary>
    public string Number { get; private init; } = "";
    public string Party { get; private init; } = "";
    public Guid? OwnerId { get; private set; }
    public string OwnerName { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public FindingState State { get; private set; }
    public FindingCause? Cause { get; private set; }
    public string? Note { get; private set; }
    public string? SettledByName { get; private set; }
    public DateTime FoundAtUtc { get; private init; }
    public DateTime? EndedAtUtc { get; private set; }

    /// <summary>The same difference of a later comparison is the same finding.</summary>
    public string What => $"{Kind}|{LineId}|{ItemKey}|{StatementFen}|{BooksFen}";

    public Money Difference => new((StatementFen ?? 0) - (BooksFen ?? 0));

    internal static MoneyFinding Of(FindingKind kind, MoneyAccount account, StatementLine? line, BookItem? item, Current current, DateOnly dueOn, DateTime atUtc) => new()
    {
        MoneyAccountId = account.Id, Kind = kind, LineId = line?.Id, ItemKey = item?.Key, HallId = item?.HallId ?? account.HallId, Day = line?.Day ?? item!.Day, StatementFen = line?.AmountFen, BooksFen = item?.AmountFen,
        Number = Cut(item?.Number ?? (line!.Reference.Length > 0 ? line.Reference : line.OrderReference), 64), Party = Cut(line is null ? "" : line.Party.Length > 0 ? line.Party : line.Note, 100),
        // Who took the money knows best; what only the bank knows of is his who brought the statement.
        OwnerId = item is null ? current.UserId : item.OwnerId == Guid.Empty ? null : item.OwnerId, OwnerName = item?.OwnerName ?? current.Name, DueOn = dueOn, FoundAtUtc = atUtc,
    };

    /// <exception cref="Refused">finding.ended; finding.note_missing</exception>
    public void Settle(FindingCause cause, string? note, string byName, DateTime atUtc)
    {
        RequireOpen();
        Refused.IfField(string.IsNullOrWhiteSpace(note) || note.Length > MaxNote, "Note", "finding.note_missing", MaxNote);
        (State, Cause, Note, SettledByName, EndedAtUtc) = (FindingState.Settled, cause, note!.Trim(), byName, atUtc);
    }

    /// <exception cref="Refused">finding.ended</exception>
    public void Give(Guid ownerId, string ownerName, DateOnly dueOn)
    {
        RequireOpen();
        (OwnerId, OwnerName, DueOn) = (ownerId, ownerName, dueOn);
    }

    internal void Vanish(DateTime atUtc) => (State, EndedAtUtc) = (FindingState.Vanished, atUtc);

    private void RequireOpen() => Refused.If(State != FindingState.Open, "finding.ended", SettledByName ?? "");

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}

sealed class MoneyFindingMap : IEntityTypeConfiguration<MoneyFinding>
{
    public void Configure(EntityTypeBuilder<MoneyFinding> finding)
    {
        finding.ToTable("money_findings");
        finding.Property(f => f.ItemKey).HasMaxLength(BookItems.MaxKey);
        finding.Property(f => f.Number).HasMaxLength(64);
        finding.Property(f => f.Party).HasMaxLength(100);
        finding.Property(f => f.OwnerName).HasMaxLength(60);
        finding.Property(f => f.Note).HasMaxLength(MoneyFinding.MaxNote);
        finding.Property(f => f.SettledByName).HasMaxLength(60);
        finding.Ignore(f => f.What).Ignore(f => f.Difference);
        finding.HasIndex(f => new { f.MoneyAccountId, f.State });
        finding.HasIndex(f => new { f.State, f.DueOn });
        finding.HasOne<MoneyAccount>().WithMany().HasForeignKey(f => f.MoneyAccountId);
        finding.HasOne<Hall>().WithMany().HasForeignKey(f => f.HallId);
        finding.Check("sides", "statement_fen is not null or books_fen is not null");
        finding.Check("settled", "(state = 'Settled') = (cause is not null and note is not null) and (state = 'Open') = (ended_at_utc is null)");
    }
}
