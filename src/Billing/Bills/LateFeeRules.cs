using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>Which late-fee rule a bill falls under, by its tariff, and what it costs.</summary>
public sealed class LateFeeRules(Tariffs tariffs, BillingTerms terms)
{
    /// <summary>Fee of the bill as it stands at the end of a day, with its days; nothing where the packs have no rule for its tariff.</summary>
    public LateFee Of(CustomerBill bill, DateOnly day) => RuleOf(bill) is { } rule
        ? LateFee.Of(rule, bill.Amount, bill.DueDate, bill.PaidByDay, day)
        : new(Money.Zero, [], 0);

    /// <summary>The rule as it stood on the due date.</summary>
    public LateFeeRule? RuleOf(CustomerBill bill) => terms.LateFeeOf(bill.TariffCode) is { } code ? tariffs.LateFeeOn(code, bill.DueDate) : null;
}
