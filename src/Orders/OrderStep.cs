using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Orders;

/// <summary>One thing that happened to an order; together its time line. Never changed.</summary>
public sealed class OrderStep
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid OrderId { get; init; }
    /// <summary>1, 2, … within the order: things of one millisecond have their order too.</summary>
    public int Place { get; init; }
    public DateTime AtUtc { get; init; }
    /// <summary>Accepted, a move's name, Note, Answer, Signed, Warned, Overdue, Told, Charged, Expired: its words are <c>order.step.{Kind}</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>Stage it happened at.</summary>
    public string? Stage { get; init; }
    public OrderState State { get; init; }
    public Guid? StaffId { get; init; }
    public string? StaffName { get; init; }
    /// <summary>Reason, note or answer; never personal data by itself.</summary>
    public string? Words { get; init; }
    /// <summary>What stood there before the mechanism ran, so that it can be taken back.</summary>
    public string? Before { get; init; }
    /// <summary>Mechanism that ran.</summary>
    public string? Effect { get; init; }
}

/// <summary>Numbers of orders of a day: held while one is taken, so that they have no gaps.</summary>
public sealed class OrderCounter
{
    public DateOnly Day { get; init; }
    public int Next { get; set; } = 1;

    public static async Task<string> Take(HallDb db, DateOnly day, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"insert into order_counters (day, next) values ({day}, 1) on conflict do nothing", ct);
        var counter = await db.Set<OrderCounter>().Hold(c => c.Day == day, orRefuse: "request.changed_meanwhile", ct);
        return FormattableString.Invariant($"W{day:yyyyMMdd}{counter.Next++:00000}");
    }
}

public static class OrdersTables
{
    extension(HallDb db)
    {
        public DbSet<ServiceOrder> ServiceOrders => db.Set<ServiceOrder>();
        public DbSet<OrderStep> OrderSteps => db.Set<OrderStep>();

        /// <summary>Writes a line into the time line of an order that is held.</summary>
        internal void Step(ServiceOrder order, string kind, Current? by, string? words = null, string? before = null, string? effect = null) => db.Add(new OrderStep
        {
            OrderId = order.Id, Place = order.NextStep(), AtUtc = db.AtUtc, Kind = kind, Stage = order.Stage, State = order.State, StaffId = by?.UserId, StaffName = by?.Name, Words = words, Before = before, Effect = effect,
        });
    }
}

sealed class OrderStepMap : IEntityTypeConfiguration<OrderStep>
{
    public void Configure(EntityTypeBuilder<OrderStep> step)
    {
        step.ToTable("order_steps").InsertOnly();
        step.Property(s => s.Kind).HasMaxLength(20);
        step.Property(s => s.Stage).HasMaxLength(30);
        step.Property(s => s.StaffName).HasMaxLength(60);
        step.Property(s => s.Words).HasMaxLength(600);
        step.Property(s => s.Before).HasMaxLength(2000);
        step.Property(s => s.Effect).HasMaxLength(40);
        step.HasIndex(s => new { s.OrderId, s.Place }).IsUnique();
        step.HasOne<ServiceOrder>().WithMany().HasForeignKey(s => s.OrderId);
    }
}

sealed class OrderCounterMap : IEntityTypeConfiguration<OrderCounter>
{
    public void Configure(EntityTypeBuilder<OrderCounter> counter)
    {
        counter.ToTable("order_counters").HasKey(c => c.Day);
        counter.Check("rising", "next > 0");
    }
}
