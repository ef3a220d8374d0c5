using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Rating → Rated (looked through) → Releasing → Released; paused and resumed in between; dropped before release.</summary>
public enum BillRunState { Rating, RatingPaused, Rated, Releasing, ReleasingPaused, Released, Dropped }

/// <summary>出账: bills of one month for the accounts of a unit, made chunk by chunk; each chunk and its "done" are one transaction.</summary>
public sealed class BillRun
{
    private static readonly (BillRunState From, BillRunState To)[] Moves =
    [
        (BillRunState.Rating, BillRunState.RatingPaused), (BillRunState.RatingPaused, BillRunState.Rating), (BillRunState.Rating, BillRunState.Rated),
        (BillRunState.Rated, BillRunState.Releasing), (BillRunState.Releasing, BillRunState.ReleasingPaused), (BillRunState.ReleasingPaused, BillRunState.Releasing),
        (BillRunState.Releasing, BillRunState.Released), (BillRunState.Rated, BillRunState.Dropped), (BillRunState.RatingPaused, BillRunState.Dropped),
    ];

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Period { get; init; }
    /// <summary>Accounts of this unit and below.</summary>
    public required string UnitPath { get; init; }
    /// <summary>Only accounts of this route or this cycle; both null: all of the unit.</summary>
    public Guid? RouteId { get; init; }
    public Guid? CycleId { get; init; }
    /// <summary>Empty, or what names the route or cycle: two runs of the same part of a month can't be at work at once.</summary>
    public string PartKey { get; init; } = "";
    public BillRunState State { get; private set; }
    public long Accounts { get; init; }
    public Guid StartedBy { get; init; }
    public required string StartedByName { get; init; }
    public DateTime StartedAtUtc { get; init; }
    public DateTime? RatedAtUtc { get; private set; }
    public Guid? ReleasedBy { get; private set; }
    public string? ReleasedByName { get; private set; }
    public DateOnly? DueDate { get; private set; }
    public DateTime? ReleasedAtUtc { get; private set; }

    public RunScope Scope => new(UnitPath, RouteId, CycleId);

    public bool IsAtWork => State is BillRunState.Rating or BillRunState.Releasing;

    /// <exception cref="Refused">run.move_not_allowed</exception>
    public void Move(BillRunState to, DateTime atUtc)
    {
        Refused.If(!Moves.Contains((State, to)), "run.move_not_allowed");
        State = to;
        if (to == BillRunState.Rated) RatedAtUtc = atUtc;
        if (to == BillRunState.Released) ReleasedAtUtc = atUtc;
    }

    /// <exception cref="Refused">run.move_not_allowed</exception>
    public void Release(DateOnly dueDate, Guid by, string byName, DateTime atUtc)
    {
        Move(BillRunState.Releasing, atUtc);
        (DueDate, ReleasedBy, ReleasedByName) = (dueDate, by, byName);
    }
}

/// <summary>A part of a run: the accounts of some buckets, worked on in one transaction.</summary>
public sealed class BillRunChunk
{
    public Guid RunId { get; init; }
    public int Number { get; init; }
    public short FromBucket { get; init; }
    public short ToBucket { get; init; }
    public long Accounts { get; init; }
    public bool IsRated { get; private set; }
    public bool IsReleased { get; private set; }
    public long Bills { get; private set; }
    public long Findings { get; private set; }
    /// <summary>Accounts that had their bill already.</summary>
    public long Skipped { get; private set; }
    /// <summary>Of the bills, kept back for a person to look at.</summary>
    public long Held { get; private set; }
    public long UsageWh { get; private set; }
    public long AmountFen { get; private set; }

    public void Rated(IReadOnlyCollection<CustomerBill> bills, long findings, long skipped) =>
        (IsRated, Bills, Held, Findings, Skipped, UsageWh, AmountFen) =
        (true, bills.Count, bills.Count(b => b.State == BillState.Held), findings, skipped, bills.Sum(b => b.UsageWh), bills.Sum(b => b.AmountFen));

    public void Released() => IsReleased = true;
}

/// <summary>Why an account got no bill in a run.</summary>
public sealed class BillRunFinding
{
    public Guid RunId { get; init; }
    public long AccountId { get; init; }
    public required string AccountNumber { get; init; }
    /// <summary>Its sentence is <c>billing.finding.*</c>.</summary>
    public required string Code { get; init; }
    /// <summary>What the sentence names, separated by |.</summary>
    public required string Details { get; init; }
}

sealed class BillRunMap : IEntityTypeConfiguration<BillRun>
{
    public void Configure(EntityTypeBuilder<BillRun> run)
    {
        run.ToTable("bill_runs");
        run.Property(r => r.UnitPath).HasMaxLength(200);
        run.Property(r => r.StartedByName).HasMaxLength(60);
        run.Property(r => r.ReleasedByName).HasMaxLength(60);
        run.Property(r => r.PartKey).HasMaxLength(40);
        run.Ignore(r => r.IsAtWork).Ignore(r => r.Scope);
        run.HasIndex(r => r.State);
        // One run of a month is at work for a unit: the second asker is refused by the database itself.
        run.HasIndex(r => new { r.Period, r.UnitPath, r.PartKey }).IsUnique().HasFilter("state not in ('Released', 'Dropped')");
    }
}

sealed class BillRunChunkMap : IEntityTypeConfiguration<BillRunChunk>
{
    public void Configure(EntityTypeBuilder<BillRunChunk> chunk)
    {
        chunk.ToTable("bill_run_chunks").HasKey(c => new { c.RunId, c.Number });
        chunk.HasOne<BillRun>().WithMany().HasForeignKey(c => c.RunId);
        chunk.Check("buckets", "from_bucket between 0 and 1023 and to_bucket between from_bucket and 1023");
    }
}

sealed class BillRunFindingMap : IEntityTypeConfiguration<BillRunFinding>
{
    public void Configure(EntityTypeBuilder<BillRunFinding> finding)
    {
        finding.ToTable("bill_run_findings").InsertOnly().HasKey(f => new { f.RunId, f.AccountId });
        finding.Property(f => f.AccountNumber).HasMaxLength(20);
        finding.Property(f => f.Code).HasMaxLength(60);
        finding.Property(f => f.Details).HasMaxLength(400);
    }
}
