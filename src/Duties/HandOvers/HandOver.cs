using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Given: counted and signed by one, waits for the other. SentBack: not as it was written. Withdrawn: by the giver, or the duty manager.</summary>
public enum HandOverState { Given, Signed, SentBack, Withdrawn }

public enum HandOverAction { Sign, SendBack, Withdraw }

/// <summary>交接班: what one clerk leaves to the next, from the system, counted by both, with two signatures.</summary>
public sealed class HandOver
{
    public const int MostWords = 300;

    /// <summary>Every move there is.</summary>
    public static readonly IReadOnlyList<(HandOverState From, HandOverAction Action, HandOverState To)> Moves =
    [
        (HandOverState.Given, HandOverAction.Sign, HandOverState.Signed),
        (HandOverState.Given, HandOverAction.SendBack, HandOverState.SentBack),
        (HandOverState.Given, HandOverAction.Withdraw, HandOverState.Withdrawn),
    ];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid HallId { get; init; }
    public required BusinessDate Date { get; init; }
    public required Guid GiverId { get; init; }
    public required string GiverName { get; init; }
    public required Guid TakerId { get; init; }
    public required string TakerName { get; init; }
    /// <summary>The counter that goes over; null: the giver sat at none.</summary>
    public Guid? CounterId { get; init; }
    public string CounterName { get; init; } = "";
    /// <summary>Somebody who leads the hall wrote it for a giver who has gone, and why; null: the giver did.</summary>
    public string? GivenForByName { get; init; }
    public string? GivenForReason { get; init; }
    /// <summary>Matters to go on with, in the giver's words.</summary>
    public string? Words { get; init; }
    public required DateTime GivenAtUtc { get; init; }
    public HandOverState State { get; private set; }
    public string? EndedByName { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>Why it was sent back or withdrawn.</summary>
    public string? Reason { get; private set; }
    /// <summary>Lines on which giver, taker and system are not the same.</summary>
    public short Differences { get; private set; }

    /// <exception cref="Refused">handover.ended (who, when)</exception>
    public void Move(HandOverAction action, string byName, string? reason, DateTime atUtc)
    {
        var move = Moves.Where(m => m.From == State && m.Action == action).Select(m => (HandOverState?)m.To).SingleOrDefault();
        if (move is not { } to) throw new Refused("handover.ended", EndedByName ?? "–", LocalTime.Of(EndedAtUtc ?? atUtc));
        (State, EndedByName, EndedAtUtc, Reason) = (to, byName, atUtc, reason?.Trim());
    }

    public void Differ(int lines) => Differences = (short)lines;
}

/// <summary>Cash in 分; the next number of a receipt book; visits and orders that are open; a thing of the packs (keys, badges, seals).</summary>
public enum HandOverKind { Cash, ReceiptBook, Visits, Orders, Thing }

/// <summary>One line of the sheet.</summary>
public sealed class HandOverLine
{
    public const int MostKey = 40, MostName = 120;

    public required Guid HandOverId { get; init; }
    public required short Line { get; init; }
    public required HandOverKind Kind { get; init; }
    /// <summary>What of the kind: a book's id, a thing's code.</summary>
    public required string Key { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    /// <summary>What the system says there is; for a thing what was there at the last hand-over.</summary>
    public required long Expected { get; init; }
    public required long Given { get; init; }
    public string? GiverWords { get; init; }
    public long? Taken { get; private set; }
    public string? TakerWords { get; private set; }

    public LocalText Name => new(NameZh, NameEn);

    public bool Differs => Given != Expected || Taken is { } taken && taken != Given;

    public void Take(long counted, string? words) => (Taken, TakerWords) = (counted, string.IsNullOrWhiteSpace(words) ? null : words.Trim());
}

sealed class HandOverMap : IEntityTypeConfiguration<HandOver>
{
    public void Configure(EntityTypeBuilder<HandOver> sheet)
    {
        sheet.ToTable("hand_overs");
        foreach (var name in new[] { nameof(HandOver.GiverName), nameof(HandOver.TakerName), nameof(HandOver.GivenForByName), nameof(HandOver.EndedByName), nameof(HandOver.CounterName) }) sheet.Property(name).HasMaxLength(60);
        foreach (var words in new[] { nameof(HandOver.Words), nameof(HandOver.Reason), nameof(HandOver.GivenForReason) }) sheet.Property(words).HasMaxLength(HandOver.MostWords);
        sheet.HasIndex(s => new { s.HallId, s.Date });
        // One sheet waits for a person at a time of one giver: pressed twice from two screens it is still one.
        sheet.HasIndex(s => new { s.GiverId, s.TakerId }).IsUnique().HasFilter("state = 'Given'");
        sheet.HasOne<Hall>().WithMany().HasForeignKey(s => s.HallId);
        sheet.Check("two", "giver_id <> taker_id");
        sheet.Check("ended", "(state = 'Given') = (ended_at_utc is null)");
        sheet.Check("reason", "state not in ('SentBack', 'Withdrawn') or reason is not null");
        sheet.Check("given_for", "(given_for_by_name is null) = (given_for_reason is null)");
    }
}

sealed class HandOverLineMap : IEntityTypeConfiguration<HandOverLine>
{
    public void Configure(EntityTypeBuilder<HandOverLine> line)
    {
        line.ToTable("hand_over_lines").HasKey(l => new { l.HandOverId, l.Line });
        line.Property(l => l.Key).HasMaxLength(HandOverLine.MostKey);
        line.Property(l => l.NameZh).HasMaxLength(HandOverLine.MostName);
        line.Property(l => l.NameEn).HasMaxLength(HandOverLine.MostName);
        line.Property(l => l.GiverWords).HasMaxLength(HandOver.MostWords);
        line.Property(l => l.TakerWords).HasMaxLength(HandOver.MostWords);
        line.Ignore(l => l.Name);
        line.Ignore(l => l.Differs);
        line.HasOne<HandOver>().WithMany().HasForeignKey(l => l.HandOverId);
        line.Check("given", "given >= 0");
        line.Check("taken", "taken is null or taken >= 0");
        line.Check("said", "(given = expected or giver_words is not null) and (taken is null or taken = given or taker_words is not null)");
    }
}

/// <summary>A sheet was written, signed, sent back or withdrawn.</summary>
public sealed record HandOverMoved(Guid HallId, Guid HandOverId, HandOverState State) : IOfHall;
