using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>What a bill asks for on a day.</summary>
public sealed record Due(CustomerBill Bill, Money LateFee)
{
    public Money Total => Bill.Owing + LateFee;
}

/// <summary>The part of a payment that goes to one bill.</summary>
public sealed record Share(CustomerBill Bill, Money Amount, Money LateFee);

/// <summary>How a payment is spread over bills; the rest goes to the balance.</summary>
public sealed record Spread(IReadOnlyList<Share> Shares, Money Rest)
{
    public Money Bills => Shares.Aggregate(Money.Zero, (sum, s) => sum + s.Amount);

    public Money LateFees => Shares.Aggregate(Money.Zero, (sum, s) => sum + s.LateFee);

    /// <summary>Oldest bill first; within a bill the late fee, then the bill.</summary>
    /// <remarks>Source of the order within a bill: 民法典 article 561 (interest before principal).</remarks>
    public static Spread Of(IEnumerable<Due> dues, Money amount)
    {
        var shares = new List<Share>();
        foreach (var due in dues.OrderBy(d => d.Bill.DueDate).ThenBy(d => d.Bill.Period).ThenBy(d => d.Bill.Issue))
        {
            var lateFee = Money.Min(due.LateFee, amount);
            var bill = Money.Min(due.Bill.Owing, amount - lateFee);
            if (lateFee + bill == Money.Zero) continue;
            shares.Add(new(due.Bill, bill, lateFee));
            amount -= lateFee + bill;
        }

        return new(shares, amount);
    }
}
