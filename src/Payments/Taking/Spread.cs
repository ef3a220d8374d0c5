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

    /// <summary>Oldest bill first; within a bill the late fee, then the bill. Parts of an instalment agreement that are due come before everything, the parts to come after it.</summary>
    /// <param name="parts">Due parts of the account's agreement; zero: there are none.</param>
    /// <param name="isPartOnly">The bills of the agreement get no more than that.</param>
    /// <remarks>Source of the order within a bill: 民法典 article 561 (interest before principal).</remarks>
    public static Spread Of(IEnumerable<Due> dues, Money amount, Money parts = default, bool isPartOnly = false)
    {
        var ordered = dues.OrderBy(d => d.Bill.DueDate).ThenBy(d => d.Bill.Period).ThenBy(d => d.Bill.Issue).ToList();
        var agreed = ordered.FindAll(d => d.Bill.AgreedIn is not null);
        var shares = new List<Share>();
        if (agreed.Count > 0) amount -= Give(shares, agreed, Money.Min(parts, amount));
        amount -= Give(shares, agreed.Count > 0 ? ordered.FindAll(d => d.Bill.AgreedIn is null) : ordered, amount);
        if (agreed.Count > 0 && !isPartOnly) amount -= Give(shares, agreed, amount);
        return new(shares, amount);
    }

    private static Money Give(List<Share> shares, List<Due> dues, Money amount)
    {
        var given = Money.Zero;
        foreach (var due in dues)
        {
            var at = shares.FindIndex(s => s.Bill == due.Bill);
            var before = at < 0 ? new Share(due.Bill, Money.Zero, Money.Zero) : shares[at];
            var lateFee = Money.Min(due.LateFee - before.LateFee, amount - given);
            var bill = Money.Min(due.Bill.Owing - before.Amount, amount - given - lateFee);
            if (lateFee + bill == Money.Zero) continue;
            var share = before with { Amount = before.Amount + bill, LateFee = before.LateFee + lateFee };
            if (at < 0) shares.Add(share);
            else shares[at] = share;
            given += lateFee + bill;
        }

        return given;
    }
}
