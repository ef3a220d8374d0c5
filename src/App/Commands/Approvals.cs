using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.App;

public enum ApprovalState { Asked, Granted, Denied, Spent }

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
    public Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required string Reason { get; init; }
    public DateTime AskedAtUtc { get; init; }
    public ApprovalState State { get; private set; } = ApprovalState.Asked;
    public Guid? DecidedBy { get; private set; }
    public string? DecidedByName { get; private set; }
    public string? Remark { get; private set; }
    public DateTime? DecidedAtUtc { get; private set; }

    /// <exception cref="Refused">approval.already_decided; approval.same_person</exception>
    public void Decide(bool grant, Guid by, string byName, string? remark, DateTime atUtc)
    {
        Refused.If(State != ApprovalState.Asked, "approval.already_decided");
        Refused.If(by == AskedBy, "approval.same_person");
        (State, DecidedBy, DecidedByName, Remark, DecidedAtUtc) = (grant ? ApprovalState.Granted : ApprovalState.Denied, by, byName, remark, atUtc);
    }

    public void Spend() => State = ApprovalState.Spent;
}

public static class Approvals
{
    /// <summary>Uses up the approval for exactly this content, asked for by this person.</summary>
    /// <exception cref="Refused">approval.needed</exception>
    internal static async Task Spend(HallDb db, ICommand command, string operation, Current current, DateTime at, CancellationToken ct)
    {
        var hash = HashOf(command, operation);
        var oldest = at.AddHours(-24);
        var granted = await db.Set<Approval>().AsTracking().TagWith(Holding.Tag)
            .Where(a => a.ContentHash == hash && a.State == ApprovalState.Granted && a.AskedBy == current.UserId && a.DecidedAtUtc > oldest)
            .OrderBy(a => a.Id).FirstOrDefaultAsync(ct) ?? throw new Refused("approval.needed");
        granted.Spend();
    }

    /// <summary>Same content, same hash; the request id is left out, since the approved act may come with a new one.</summary>
    public static string HashOf(ICommand command, string operation)
    {
        var content = JsonSerializer.SerializeToNode(command, command.GetType())!.AsObject();
        content.Remove(nameof(ICommand.RequestId));
        return Audit.Hex(operation + "\n" + content.ToJsonString());
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
        approval.Property(a => a.AskedByName).HasMaxLength(60);
        approval.Property(a => a.DecidedByName).HasMaxLength(60);
        approval.Property(a => a.Reason).HasMaxLength(400);
        approval.Property(a => a.Remark).HasMaxLength(400);
        approval.HasIndex(a => new { a.ContentHash, a.State });
        approval.HasIndex(a => new { a.State, a.HallId });
        approval.Check("other_person", "decided_by is null or decided_by <> asked_by");
    }
}
