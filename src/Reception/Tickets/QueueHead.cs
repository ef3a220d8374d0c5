using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>Head of a hall's queue on one day. Held first by everything that moves the queue, so that twenty counters that call at
/// once each get another ticket, and numbers have no gaps.</summary>
public sealed class QueueHead
{
    private QueueHead() { }

    public QueueHead(Guid hallId, BusinessDate date) => (HallId, Date) = (hallId, date);

    public Guid HallId { get; private init; }
    public BusinessDate Date { get; private init; }
    public long LastRank { get; private set; }
    public long LastCall { get; private set; }

    public long NextRank() => ++LastRank;

    public long NextCall() => ++LastCall;
}

/// <summary>Last number given of a letter on one day of a hall.</summary>
public sealed class TicketNumber
{
    public const int Most = 999;

    public Guid HallId { get; init; }
    public BusinessDate Date { get; init; }
    public required string Letter { get; init; }
    public int Last { get; private set; }

    /// <exception cref="Refused">ticket.numbers_used_up</exception>
    public string Next()
    {
        Refused.If(Last >= Most, "ticket.numbers_used_up", Letter);
        Last++;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Letter}{Last:000}");
    }
}

/// <summary>A day that opens has its queue ready.</summary>
public sealed class OpenQueueOfDay : IHandle<DayOpened>
{
    public async Task Handle(DayOpened happened, HallDb db, CancellationToken ct)
    {
        if (!await db.QueueHeads.AnyAsync(h => h.HallId == happened.HallId && h.Date == happened.Date, ct)) db.Add(new QueueHead(happened.HallId, happened.Date));
    }
}

sealed class QueueHeadMap : IEntityTypeConfiguration<QueueHead>
{
    public void Configure(EntityTypeBuilder<QueueHead> head)
    {
        head.ToTable("queue_heads").HasKey(h => new { h.HallId, h.Date });
        head.HasOne<Hall>().WithMany().HasForeignKey(h => h.HallId);
    }
}

sealed class TicketNumberMap : IEntityTypeConfiguration<TicketNumber>
{
    public void Configure(EntityTypeBuilder<TicketNumber> number)
    {
        number.ToTable("ticket_numbers").HasKey(n => new { n.HallId, n.Date, n.Letter });
        number.Property(n => n.Letter).HasMaxLength(1);
        number.HasOne<Hall>().WithMany().HasForeignKey(n => n.HallId);
        number.Check("last", $"last between 0 and {TicketNumber.Most}");
    }
}
