using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.App;

public enum ApprovalState { Asked, Granted, Denied, Spent, Withdrawn }

/// <summary>A request that another person agrees to exactly this content of a command (复核). Changed content needs a new one.</summary>
public sealed class Approval
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Operation { get; init; }
    /// <summary>Hash of operation and content without the request id.</summary>
    public required string ContentHash { get; init; }
    /// <summary>The command as JSON, so that the approver sees what it says.</summary>
    public required string Content { get; init; }
    public required string Permission { get; init; }
    public Guid? HallId { get; init; }
    /// <summary>Unit of the person who asks; the approver's data scope has to cover it.</summary>
    public string UnitPath { get; init; } = "/";
    /// <summary>Page where it was asked: there the act is done once it is granted.</summary>
    public string? Href { get; init; }
    public Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required string Reason { get; init; }
    public DateTime AskedAtUtc { get; init; }
    public ApprovalState State { get; private set; } = ApprovalState.Asked;
    public Guid? DecidedBy { get; private set; }
    public string? DecidedByName { get; private set; }
    public string? Remark { get; private set; }
    public DateTime? DecidedAtUtc { get; private set; }

    /// <summary>Nobody can use or decide it any more.</summary>
    public bool IsExpired(DateTime atUtc) => (State == ApprovalState.Asked ? AskedAtUtc : DecidedAtUtc) < atUtc - AccessLimits.ApprovalFor;

    /// <exception cref="Refused">approval.already_decided; approval.same_person; approval.expired</exception>
    public void Decide(bool grant, Guid by, string byName, string? remark, DateTime atUtc)
    {
        Refused.If(State != ApprovalState.Asked, "approval.already_decided");
        Refused.If(by == AskedBy, "approval.same_person");
        Refused.If(IsExpired(atUtc), "approval.expired");
        (State, DecidedBy, DecidedByName, Remark, DecidedAtUtc) = (grant ? ApprovalState.Granted : ApprovalState.Denied, by, byName, remark, atUtc);
    }

    public void Spend() => State = ApprovalState.Spent;

    /// <exception cref="Refused">approval.already_decided</exception>
    public void Withdraw()
    {
        Refused.If(State is not (ApprovalState.Asked or ApprovalState.Granted), "approval.already_decided");
        State = ApprovalState.Withdrawn;
    }
}

sealed class ApprovalMap : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> approval)
    {
        approval.ToTable("approvals");
        approval.Property(a => a.Operation).HasMaxLength(80);
        approval.Property(a => a.ContentHash).HasMaxLength(64);
        approval.Property(a => a.Content).HasMaxLength(20_000);
        approval.Property(a => a.Permission).HasMaxLength(60);
        approval.Property(a => a.UnitPath).HasMaxLength(200);
        approval.Property(a => a.Href).HasMaxLength(300);
        approval.Property(a => a.AskedByName).HasMaxLength(60);
        approval.Property(a => a.DecidedByName).HasMaxLength(60);
        approval.Property(a => a.Reason).HasMaxLength(400);
        approval.Property(a => a.Remark).HasMaxLength(400);
        approval.HasIndex(a => new { a.ContentHash, a.State });
        approval.HasIndex(a => new { a.State, a.AskedAtUtc });
        approval.HasIndex(a => new { a.AskedBy, a.AskedAtUtc });
        approval.Check("other_person", "decided_by is null or decided_by <> asked_by");
    }
}
