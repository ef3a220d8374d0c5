using System.Globalization;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>How money is taken, from the packs' <c>payments.yaml</c>.</summary>
public sealed class PaymentTerms
{
    /// <summary>The smallest coin in use: change is given in whole steps, the rest goes to the customer's balance.</summary>
    public Money CashStep { get; private set; } = new(10);

    /// <summary>Notes and coins that a drawer is counted by, largest first.</summary>
    public IReadOnlyList<Money> Denominations { get; private set; } = [];

    /// <summary>More than this does not stay in a safe overnight; null: no limit.</summary>
    public Money? SafeOvernight { get; private set; }

    /// <summary>More than this is handed in from an open drawer; null: no limit.</summary>
    public Money? TillLimit { get; private set; }

    /// <summary>The part of an amount that can be handed over in coins.</summary>
    public Money Payable(Money amount) => new(amount.Fen - amount.Fen % CashStep.Fen);

    public static PaymentTerms Read(Packs packs)
    {
        var terms = new PaymentTerms();
        foreach (var file in packs.Files("payments.yaml"))
        {
            if (file.Has("cashStep")) terms.CashStep = file.Yuan("cashStep");
            if (terms.CashStep <= Money.Zero) file.Error("cashStep is above 0");
            if (file.Has("safe"))
            {
                var safe = file["safe"];
                if (safe.Has("overnightYuan")) terms.SafeOvernight = safe.Yuan("overnightYuan");
                if (safe.Has("tillLimitYuan")) terms.TillLimit = safe.Yuan("tillLimitYuan");
            }

            if (!file.Has("denominations")) continue;
            terms.Denominations = [.. file["denominations"].Items.Select(item =>
            {
                if (decimal.TryParse(item.Text(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan) && yuan > 0) return Money.OfYuan(yuan);
                item.Error("a denomination is an amount in yuan above 0");
                return terms.CashStep;
            }).OrderDescending()];
            if (terms.Denominations.Any(d => d.Fen % terms.CashStep.Fen != 0)) file.Error("a denomination is not a multiple of cashStep");
        }

        return terms;
    }
}
