using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Billing;

public enum ClimbState { Waiting, Done }

/// <summary>One look at all accounts of a unit: who reaches a step of the ladder on a business day. It remembers how far it is, so that it goes on after a crash.</summary>
public sealed class ArrearsClimb
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string UnitPath { get; init; }
    public DateOnly Day { get; init; }
    public Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public DateTime AskedAtUtc { get; init; }
    public ClimbState State { get; private set; }
    /// <summary>The last account looked at.</summary>
    public short AfterBucket { get; private set; } = -1;
    public long AfterAccount { get; private set; }
    public int Chunks { get; private set; }
    /// <summary>Accounts with overdue bills.</summary>
    public int Accounts { get; private set; }
    public int Notices { get; private set; }
    public int Orders { get; private set; }
    public DateTime? DoneAtUtc { get; private set; }

    public void Advance(short bucket, long account, int accounts, int notices, int orders)
    {
        (AfterBucket, AfterAccount) = (bucket, account);
        Chunks++;
        Accounts += accounts;
        Notices += notices;
        Orders += orders;
    }

    public void Finish(DateTime atUtc) => (State, DoneAtUtc) = (ClimbState.Done, atUtc);
}

sealed class ArrearsClimbMap : IEntityTypeConfiguration<ArrearsClimb>
{
    public void Configure(EntityTypeBuilder<ArrearsClimb> climb)
    {
        climb.ToTable("arrears_climbs");
        climb.Property(c => c.UnitPath).HasMaxLength(200);
        climb.Property(c => c.AskedByName).HasMaxLength(60);
        climb.HasIndex(c => c.State).HasFilter("state = 'Waiting'");
        climb.Check("done_has_time", "(state = 'Done') = (done_at_utc is not null)");
    }
}
