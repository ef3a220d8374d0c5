using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>保险柜: a hall's safe; its balance is the sum of its movements and never below zero. Whoever moves money holds this row first.</summary>
public sealed class HallSafe
{
    public Guid HallId { get; init; }
    public long BalanceFen { get; private set; }

    public Money Balance => new(BalanceFen);

    /// <exception cref="Refused">safe.not_enough</exception>
    internal void Move(HallDb db, SafeMovementKind kind, BusinessDate date, long fen, string reference, string byName, Guid? tillId = null)
    {
        Refused.IfField(BalanceFen + fen < 0, "Amount", "safe.not_enough", Balance);
        BalanceFen += fen;
        db.Add(new SafeMovement { HallId = HallId, BusinessDate = date, Kind = kind, AmountFen = fen, BalanceFen = BalanceFen, Reference = reference, ByName = byName, TillSessionId = tillId, AtUtc = db.AtUtc });
    }

    /// <summary>The hall's safe, held; made at its first use.</summary>
    internal static async Task<HallSafe> Hold(HallDb db, Guid hallId, CancellationToken ct)
    {
        if (await db.HallSafes.HoldOrNull(s => s.HallId == hallId, ct) is { } safe) return safe;
        db.Add(safe = new HallSafe { HallId = hallId });
        return safe;
    }
}

/// <summary>Fetched: change brought from the bank. Float, Supply: to a clerk before and in her shift. Drop, Takings: from a clerk in and after it. Deposit: to the bank. Count: found more or less.</summary>
public enum SafeMovementKind { Fetched, Float, Supply, Drop, Takings, Deposit, Count }

/// <summary>Money into (above 0) or out of a safe. Insert-only.</summary>
public sealed class SafeMovement
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid HallId { get; init; }
    public BusinessDate BusinessDate { get; init; }
    public SafeMovementKind Kind { get; init; }
    public long AmountFen { get; init; }
    /// <summary>In the safe right after.</summary>
    public long BalanceFen { get; init; }
    public required string Reference { get; init; }
    public required string ByName { get; init; }
    public Guid? TillSessionId { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class HallSafeMap : IEntityTypeConfiguration<HallSafe>
{
    public void Configure(EntityTypeBuilder<HallSafe> safe)
    {
        safe.ToTable("hall_safes").HasKey(s => s.HallId);
        safe.Ignore(s => s.Balance);
        safe.HasOne<Hall>().WithOne().HasForeignKey<HallSafe>(s => s.HallId);
        safe.Check("balance", "balance_fen >= 0");
    }
}

sealed class SafeMovementMap : IEntityTypeConfiguration<SafeMovement>
{
    public void Configure(EntityTypeBuilder<SafeMovement> movement)
    {
        movement.ToTable("safe_movements").InsertOnly();
        movement.Property(m => m.Reference).HasMaxLength(60);
        movement.Property(m => m.ByName).HasMaxLength(60);
        movement.HasIndex(m => new { m.HallId, m.BusinessDate });
        movement.HasOne<Hall>().WithMany().HasForeignKey(m => m.HallId);
        movement.Check("sign", "amount_fen <> 0 and balance_fen >= 0 and (kind = 'Count' or (kind in ('Float', 'Supply', 'Deposit')) = (amount_fen < 0))");
    }
}
