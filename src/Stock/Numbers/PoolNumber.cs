using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>号码: one telephone number of the pool. A number is in one state; whoever moves it holds its row first.</summary>
public sealed class PoolNumber
{
    /// <summary>11 digits of a mobile number.</summary>
    public const int Digits = 11;

    public required string Number { get; init; }
    /// <summary>The same from its end.</summary>
    public required string Backwards { get; init; }
    public TailKind Tail { get; init; }
    public bool HasFour { get; init; }
    /// <summary>Class of nice numbers as the pack has it: decides deposit and least spend.</summary>
    public required string Grade { get; init; }
    /// <summary>Unit whose pool it is in, <c>/province/city/</c>.</summary>
    public required string UnitPath { get; set; }
    public NumberState State { get; private set; }
    /// <summary>When a reservation, or the cooling, is over.</summary>
    public DateTime? UntilUtc { get; private set; }
    public Guid? HeldBy { get; private set; }
    public string? HeldByName { get; private set; }
    /// <summary>Order or customer it is kept for; never personal data.</summary>
    public string? KeptFor { get; private set; }

    public static PoolNumber Of(string number, string grade, string unitPath) => new()
    {
        Number = number, Backwards = NumberPattern.Reversed(number), Tail = NumberPattern.TailOf(number), HasFour = number.Contains('4', StringComparison.Ordinal), Grade = grade, UnitPath = unitPath,
    };

    /// <exception cref="Refused">number.not_free; number.move_not_allowed; number.held_by_other</exception>
    public void Move(NumberAction action, Guid? by, string? byName, string? @for, DateTime? untilUtc)
    {
        Refused.If(State == NumberState.Reserved && action is NumberAction.Occupy or NumberAction.Release && HeldBy is not null && HeldBy != by, "number.held_by_other", Number, HeldByName ?? "");
        State = NumberMoves.Next(State, action, Number);
        UntilUtc = State is NumberState.Reserved or NumberState.Cooling ? untilUtc : null;
        (HeldBy, HeldByName, KeptFor) = State is NumberState.Idle or NumberState.Cooling ? (null, null, null) : (by, byName, @for ?? KeptFor);
    }
}

/// <summary>One move of a number; together its history. Never changed.</summary>
public sealed class NumberStep
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Number { get; init; }
    public NumberAction Action { get; init; }
    public NumberState Becomes { get; init; }
    public DateTime AtUtc { get; init; }
    public Guid? StaffId { get; init; }
    public string? StaffName { get; init; }
    public string? Words { get; init; }
}

sealed class PoolNumberMap : IEntityTypeConfiguration<PoolNumber>
{
    public void Configure(EntityTypeBuilder<PoolNumber> number)
    {
        number.ToTable("pool_numbers").HasKey(n => n.Number);
        number.Property(n => n.Number).HasMaxLength(20);
        number.Property(n => n.Backwards).HasMaxLength(20);
        number.Property(n => n.Grade).HasMaxLength(20);
        number.Property(n => n.UnitPath).HasMaxLength(200);
        number.Property(n => n.HeldByName).HasMaxLength(60);
        number.Property(n => n.KeptFor).HasMaxLength(60);
        number.HasIndex(n => new { n.State, n.Backwards });
        number.HasIndex(n => new { n.State, n.Tail, n.Number });
        number.HasIndex(n => new { n.State, n.Number });
        number.HasIndex(n => n.UntilUtc).HasFilter("until_utc is not null");
        number.Check("until", "(state in ('Reserved', 'Cooling')) = (until_utc is not null)");
    }
}

sealed class NumberStepMap : IEntityTypeConfiguration<NumberStep>
{
    public void Configure(EntityTypeBuilder<NumberStep> step)
    {
        step.ToTable("number_steps").InsertOnly();
        step.Property(s => s.Number).HasMaxLength(20);
        step.Property(s => s.StaffName).HasMaxLength(60);
        step.Property(s => s.Words).HasMaxLength(200);
        step.HasIndex(s => s.Number);
    }
}

public static class StockTables
{
    extension(HallDb db)
    {
        public DbSet<PoolNumber> PoolNumbers => db.Set<PoolNumber>();
        public DbSet<NumberStep> NumberSteps => db.Set<NumberStep>();
    }
}
