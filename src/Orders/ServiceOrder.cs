using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>业务工单: what a customer has asked for, from acceptance to its end.</summary>
public sealed class ServiceOrder
{
    public const int MostWords = 300;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>工单号: W, day, five digits and more.</summary>
    public required string Number { get; init; }
    public required string Service { get; init; }
    /// <summary>First day of the service's version that it was taken by.</summary>
    public DateOnly Version { get; init; }
    public Guid HallId { get; init; }
    public required string UnitPath { get; init; }
    /// <summary>The visit at the counter; null: it came another way.</summary>
    public Guid? VisitId { get; init; }
    public Guid? CustomerId { get; set; }
    public long? AccountId { get; set; }
    public string? AccountNumber { get; set; }
    /// <summary>Who asks; personal data.</summary>
    public required string ApplicantName { get; init; }
    public required string Phone { get; init; }
    /// <summary>经办人; null: the applicant is here in person. Personal data.</summary>
    public string? AgentName { get; init; }
    public string? AgentPaper { get; init; }
    public OrderState State { get; private set; }
    /// <summary>Stage it stands at; null: none, or it is over.</summary>
    public string? Stage { get; private set; }
    /// <summary>Posts whose work list it stands on, between spaces: <c> meter_reader </c>.</summary>
    public string Posts { get; private set; } = "";
    public Guid? WorkerId { get; private set; }
    public string? WorkerName { get; private set; }
    public DateTime StageSinceUtc { get; private set; }
    public DateTime? WarnAtUtc { get; private set; }
    public DateTime? DueUtc { get; private set; }
    /// <summary>Work time left when the clock was stopped, minutes.</summary>
    public int? LeftMinutes { get; private set; }
    public bool IsWarned { get; set; }
    public bool IsOverdue { get; set; }
    /// <summary>Form and stages as filled in, JSON by field.</summary>
    public string DataJson { get; private set; } = "{}";
    /// <summary>Codes of the papers seen, between spaces.</summary>
    public string Papers { get; set; } = "";
    /// <summary>Numbers of its fee bills, between spaces.</summary>
    public string FeeBills { get; private set; } = "";
    public long FeeFen { get; private set; }
    public DateTime AcceptedAtUtc { get; init; }
    public Guid? AcceptedBy { get; init; }
    public required string AcceptedByName { get; init; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>What it brought ends after this day; null: never, or not completed.</summary>
    public DateOnly? ValidUntil { get; set; }
    /// <summary>Its validity ended and was taken back.</summary>
    public bool IsExpired { get; set; }
    public bool IsSigned { get; set; }
    /// <summary>Steps of its time line so far.</summary>
    public int Steps { get; private set; }

    public bool IsOver => OrderMoves.IsOver(State);

    public Dictionary<string, string> Data => JsonSerializer.Deserialize<Dictionary<string, string>>(DataJson)!;

    public IReadOnlyList<string> FeeBillNumbers => FeeBills.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public void Put(IReadOnlyDictionary<string, string> data)
    {
        var all = Data;
        foreach (var (field, value) in data) all[field] = value;
        DataJson = JsonSerializer.Serialize(all);
    }

    /// <summary>Signed while it is open; one that was done at once, also afterwards.</summary>
    public bool WantsSignature(ServiceVersion? version) => !IsSigned && (!IsOver || State == OrderState.Completed && version is { Stages.Count: 0 });

    public int NextStep() => ++Steps;

    public void Charge(string bill, Money amount) => (FeeBills, FeeFen) = ($"{FeeBills} {bill}".Trim(), FeeFen + amount.Fen);

    /// <summary>Stands at a stage from now on, waiting for somebody of its posts.</summary>
    public void Begin(string stage, IReadOnlyList<string> posts, DateTime warnAtUtc, DateTime dueUtc, DateTime atUtc)
    {
        (Stage, StageSinceUtc) = (stage, atUtc);
        Give(posts);
        Run(warnAtUtc, dueUtc);
    }

    public void Give(IReadOnlyList<string> posts)
    {
        Posts = $" {string.Join(' ', posts)} ";
        (WorkerId, WorkerName) = (null, null);
    }

    public void Work(Guid? by, string? name) => (WorkerId, WorkerName) = (by, name);

    public void Stop(int leftMinutes) => (LeftMinutes, DueUtc, WarnAtUtc) = (leftMinutes, null, null);

    public void Run(DateTime warnAtUtc, DateTime dueUtc) => (WarnAtUtc, DueUtc, LeftMinutes, IsWarned, IsOverdue) = (warnAtUtc, dueUtc, null, false, false);

    /// <exception cref="Refused">order.move_not_allowed</exception>
    public void Move(OrderAction action, DateTime atUtc)
    {
        State = OrderMoves.Next(State, action, Number);
        if (State is OrderState.Acknowledged or OrderState.Pending or OrderState.Held) Work(null, null);
        if (!IsOver) return;
        Work(null, null);
        (EndedAtUtc, Stage, Posts, DueUtc, WarnAtUtc, LeftMinutes) = (atUtc, null, "", null, null, null);
    }
}

sealed class ServiceOrderMap : IEntityTypeConfiguration<ServiceOrder>
{
    public void Configure(EntityTypeBuilder<ServiceOrder> order)
    {
        order.ToTable("service_orders");
        order.Ignore(o => o.Data).Ignore(o => o.FeeBillNumbers);
        order.Property(o => o.Number).HasMaxLength(20);
        order.Property(o => o.Service).HasMaxLength(30);
        order.Property(o => o.UnitPath).HasMaxLength(200);
        order.Property(o => o.AccountNumber).HasMaxLength(20);
        order.Property(o => o.ApplicantName).HasMaxLength(100);
        order.Property(o => o.Phone).HasMaxLength(20);
        order.Property(o => o.AgentName).HasMaxLength(100);
        order.Property(o => o.AgentPaper).HasMaxLength(18);
        order.Property(o => o.Stage).HasMaxLength(30);
        order.Property(o => o.Posts).HasMaxLength(300);
        order.Property(o => o.WorkerName).HasMaxLength(60);
        order.Property(o => o.DataJson).HasMaxLength(16_000);
        order.Property(o => o.Papers).HasMaxLength(600);
        order.Property(o => o.FeeBills).HasMaxLength(400);
        order.Property(o => o.AcceptedByName).HasMaxLength(60);
        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => new { o.HallId, o.State, o.DueUtc });
        order.HasIndex(o => new { o.UnitPath, o.AcceptedAtUtc });
        order.HasIndex(o => o.AccountId);
        order.HasIndex(o => o.CustomerId);
        order.HasIndex(o => o.WorkerId).HasFilter("worker_id is not null");
        order.HasIndex(o => o.ValidUntil).HasFilter("valid_until is not null");
        order.HasOne<Hall>().WithMany().HasForeignKey(o => o.HallId);
        order.Check("over_has_time", "(state in ('Completed', 'Failed', 'Cancelled', 'Reversed')) = (ended_at_utc is not null)");
        order.Check("working_has_worker", "(state = 'InProgress') = (worker_id is not null)");
        order.Check("stage", "(state in ('Completed', 'Failed', 'Cancelled', 'Reversed')) = (stage is null)");
        order.Check("fee", "fee_fen >= 0");
    }
}
