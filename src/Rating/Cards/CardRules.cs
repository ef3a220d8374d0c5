using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Money around a stored-value card: deposit, top-up bonus, refund of what is left.</summary>
/// <param name="Deposit">押金 taken at issue.</param>
public sealed record CardRules(Money Deposit)
{
    /// <summary>Bonus for a top-up of at least so much; the highest that fits counts.</summary>
    public IReadOnlyList<(Money TopUp, Money Bonus)> Bonuses { get; init; } = [];

    /// <summary>Share of the balance kept as fee on refund.</summary>
    public decimal RefundFeeShare { get; init; }

    /// <summary>Least and most of that fee; most null: no cap.</summary>
    public Money RefundFeeMinimum { get; init; }

    public Money? RefundFeeMaximum { get; init; }

    /// <summary>Balances below it are refunded without fee.</summary>
    public Money FreeBelow { get; init; }

    /// <summary>A damaged card loses its deposit.</summary>
    public bool DamagedLosesDeposit { get; init; } = true;

    public Money BonusOf(Money topUp)
    {
        var best = Money.Zero;
        foreach (var (from, bonus) in Bonuses)
            if (topUp >= from) best = Money.Max(best, bonus);
        return best;
    }

    /// <summary>What a returned card pays out; the parts add up to the total, which is never below zero.</summary>
    /// <param name="balance">Left on the card, 0 or more.</param>
    /// <param name="isDamaged">The card cannot be used again.</param>
    public (Money Balance, Money Fee, Money Deposit, Money Total) Refund(Money balance, bool isDamaged)
    {
        var fee = balance < FreeBelow || balance == Money.Zero ? Money.Zero : Money.Max(Money.OfYuan(balance.Yuan * RefundFeeShare), RefundFeeMinimum);
        if (RefundFeeMaximum is { } most) fee = Money.Min(fee, most);
        fee = Money.Min(fee, balance);
        var deposit = isDamaged && DamagedLosesDeposit ? Money.Zero : Deposit;
        return (balance, fee, deposit, balance - fee + deposit);
    }
}
