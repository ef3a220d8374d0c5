using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

public enum OutboxState { Waiting, Sent, Dead }

/// <summary>Something to be told outside: written in the command's transaction, delivered after it, at least once.</summary>
public sealed class OutboxMessage
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>Name of the <see cref="IOutboxChannel"/>.</summary>
    public required string Channel { get; init; }
    /// <summary>What it is about: receipt.issued.</summary>
    public required string Topic { get; init; }
    /// <summary>Address in the channel (a phone number, a URL); null: the channel knows.</summary>
    public string? Recipient { get; init; }
    /// <summary>Content as JSON.</summary>
    public required string Payload { get; init; }
    public DateTime WrittenAtUtc { get; init; }
    public OutboxState State { get; private set; } = OutboxState.Waiting;
    public int Attempts { get; private set; }
    public DateTime NotBeforeUtc { get; private set; }
    public DateTime? SentAtUtc { get; private set; }
    /// <summary>Kind of the last failure, without its words.</summary>
    public string? Failure { get; private set; }

    internal void Sent(DateTime atUtc) => (State, Attempts, SentAtUtc, Failure) = (OutboxState.Sent, Attempts + 1, atUtc, null);

    internal void Fail(string failure, DateTime atUtc)
    {
        (Attempts, Failure) = (Attempts + 1, failure.Length > 200 ? failure[..200] : failure);
        if (Attempts >= JobLimits.MaxAttempts) State = OutboxState.Dead;
        else NotBeforeUtc = atUtc + JobLimits.RetryAfter(Attempts);
    }

    internal void TryAgain(DateTime atUtc) => (State, Attempts, NotBeforeUtc) = (OutboxState.Waiting, 0, atUtc);
}

public static class OutboxTables
{
    extension(HallDb db)
    {
        public DbSet<OutboxMessage> OutboxMessages => db.Set<OutboxMessage>();

        /// <summary>Has something told outside once the running command has been committed.</summary>
        /// <param name="topic"><c>noun.happened</c></param>
        /// <param name="content">A plain record; becomes JSON.</param>
        public void Tell(string channel, string topic, object content, string? recipient = null) => db.Add(new OutboxMessage
        {
            Channel = channel, Topic = topic, Recipient = recipient, Payload = System.Text.Json.JsonSerializer.Serialize(content, content.GetType()), WrittenAtUtc = db.AtUtc,
        });
    }
}

sealed class OutboxMessageMap : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> message)
    {
        message.ToTable("outbox");
        message.Property(m => m.Channel).HasMaxLength(40);
        message.Property(m => m.Topic).HasMaxLength(60);
        message.Property(m => m.Recipient).HasMaxLength(200);
        message.Property(m => m.Payload).HasMaxLength(20_000);
        message.Property(m => m.Failure).HasMaxLength(200);
        message.HasIndex(m => new { m.State, m.NotBeforeUtc });
        message.Check("sent", "(state = 'Sent') = (sent_at_utc is not null)");
    }
}
