using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>Rules of a stored-value card as published.</summary>
/// <param name="Code">Stable name: citycard.example.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="From">First day on which they hold.</param>
/// <param name="Notice">Number of the notice.</param>
/// <param name="Source">Where the figures were read.</param>
/// <param name="Rules">Deposit, bonus, refund.</param>
public sealed record CardTariff(string Code, Bilingual Name, DateOnly From, string Notice, string Source, CardRules Rules)
{
    /// <summary>What forbids publishing it.</summary>
    public IReadOnlyList<Finding> Check()
    {
        var findings = new List<Finding>();
        if (string.IsNullOrWhiteSpace(Notice)) findings.Add(new("notice", "tariff.no_notice"));
        if (string.IsNullOrWhiteSpace(Source)) findings.Add(new("source", "tariff.no_source"));
        if (Rules.Deposit < Money.Zero) findings.Add(new("depositYuan", "tariff.price_negative"));
        if (Rules.RefundFeeShare is < 0 or > 1) findings.Add(new("refundFee", "tariff.not_a_share"));
        if (Rules.RefundFeeMaximum < Rules.RefundFeeMinimum) findings.Add(new("refundFee", "card.fee_limits_wrong"));
        for (var i = 1; i < Rules.Bonuses.Count; i++)
            if (Rules.Bonuses[i].TopUp <= Rules.Bonuses[i - 1].TopUp) findings.Add(new($"bonuses[{i}]", "tariff.tiers_not_rising", Rules.Bonuses[i].TopUp.Yuan, Rules.Bonuses[i - 1].TopUp.Yuan));
        return findings;
    }

    /// <summary>What one event at the counter costs (above zero) or pays out, and what is on the card after it.</summary>
    /// <param name="what">Issue, top-up, spending, return.</param>
    /// <param name="amount">Top-up or spending; not looked at otherwise.</param>
    /// <param name="balance">On the card before.</param>
    public (RatedBill Bill, Money Balance) Of(CardEvent what, Money amount, Money balance)
    {
        var lines = new List<RatedLine>();
        switch (what)
        {
            case CardEvent.Issue:
                Add(lines, LineKind.Deposit, Rules.Deposit);
                break;
            case CardEvent.TopUp:
                Add(lines, LineKind.TopUp, amount);
                var bonus = Rules.BonusOf(amount);
                if (bonus > Money.Zero) lines.Add(new(LineOf(LineKind.Bonus), null, null, bonus.Yuan, 0, 0, Money.Zero, []));
                balance += amount + bonus;
                break;
            case CardEvent.Spend:
                if (amount > balance) return (new(Code, Money.Zero, 0, [], [new("amount", "card.balance_too_low", balance.Yuan)]), balance);
                balance -= amount;
                break;
            default:
                var refund = Rules.Refund(balance, what == CardEvent.ReturnDamaged);
                Add(lines, LineKind.Refund, -refund.Balance);
                Add(lines, LineKind.RefundFee, refund.Fee);
                Add(lines, LineKind.Deposit, -refund.Deposit);
                balance = Money.Zero;
                break;
        }
        return (new(Code, new(lines.Sum(l => l.Amount.Fen)), 0, lines, []), balance);
    }

    void Add(List<RatedLine> lines, LineKind kind, Money amount)
    {
        if (amount != Money.Zero) lines.Add(new(LineOf(kind), null, null, 1, amount.Yuan, amount.Yuan, amount, []));
    }

    LineSource LineOf(LineKind kind) => new(kind, "card", null, 0, Band.Whole, null, "yuan", Notice, From);
}

public enum CardEvent
{
    /// <summary>发卡: the deposit is taken.</summary>
    Issue,

    /// <summary>充值.</summary>
    TopUp,

    /// <summary>消费: from the balance; nothing is paid at the counter.</summary>
    Spend,

    /// <summary>退卡.</summary>
    Return,

    /// <summary>退卡, the card damaged.</summary>
    ReturnDamaged,
}
