using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Which late-fee rule a bill falls under, by its tariff, and what it costs.</summary>
public sealed class LateFeeRules(Tariffs tariffs, BillingTerms terms)
{
    /// <summary>Fee of the bill as it stands at the end of a day, with its days; nothing where the packs have no rule for its tariff.</summary>
    public LateFee Of(CustomerBill bill, DateOnly day) => RuleOf(bill) is { } rule
        ? LateFee.Of(rule, bill.Amount, bill.DueDate, Moves(bill), bill.LateFeeHeldOn is { } held && held < day ? held : day)
        : new(Money.Zero, [], 0);

    /// <summary>The rule as it stood on the due date.</summary>
    public LateFeeRule? RuleOf(CustomerBill bill) => terms.LateFeeOf(bill.TariffCode) is { } code ? tariffs.LateFeeOn(code, bill.DueDate) : null;

    /// <summary>What was added later is owed from its own last day on: until then it counts as if it were paid.</summary>
    private static IReadOnlyList<(DateOnly Day, Money Amount)> Moves(CustomerBill bill)
    {
        var raised = bill.Raised.Where(r => r.PayBy > bill.DueDate).ToList();
        if (raised.Count == 0) return bill.PaidByDay;
        var moves = raised.Select(r => (bill.DueDate, r.Amount)).Concat(raised.Select(r => (r.PayBy, -r.Amount))).Concat(bill.PaidByDay);
        return [.. moves.OrderBy(m => m.Item1)];
    }
}
