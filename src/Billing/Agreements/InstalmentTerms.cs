using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>How overdue bills may be agreed to be paid in parts, from <c>instalments</c> of the packs' <c>billing.yaml</c>. Without it there are no such agreements.</summary>
public sealed class InstalmentTerms
{
    private const int PartsAtMost = 60, DaysAtMost = 1100, GraceAtMost = 60;

    /// <summary>0: the packs know no agreements.</summary>
    public int MostParts { get; private set; }
    /// <summary>From the signing to the last part.</summary>
    public int MostDays { get; private set; }
    /// <summary>Part of the debt that is paid on the day of signing, at least.</summary>
    public decimal LeastDownShare { get; private set; }
    /// <summary>Days after a part's date before it counts as missed.</summary>
    public int GraceDays { get; private set; }
    /// <summary>No late fee is counted after the signing, as long as the agreement is kept; else it goes on and comes with the last part.</summary>
    public bool LateFeeStands { get; private set; }
    public ApprovalSteps Approve { get; private set; } = new(Money.Zero, null);

    public bool Exist => MostParts > 0;

    public static InstalmentTerms Read(Packs packs)
    {
        var terms = new InstalmentTerms();
        foreach (var file in packs.Files("billing.yaml").Where(f => f.Has("instalments")))
        {
            var node = file["instalments"];
            (terms.MostParts, terms.MostDays, terms.GraceDays) = (node["mostParts"].Number(), node["mostDays"].Number(), node.Number("graceDays", 0));
            terms.LeastDownShare = node.DecimalOrNull("leastDownShare") ?? 0;
            var lateFee = node.TextOrNull("lateFee") ?? "runs";
            terms.LateFeeStands = lateFee == "stands";
            terms.Approve = ApprovalSteps.Read(node.Optional("approve"));
            if (terms.MostParts is < 2 or > PartsAtMost) node.Error($"mostParts is from 2 to {PartsAtMost}");
            if (terms.MostDays is < 1 or > DaysAtMost) node.Error($"mostDays is from 1 to {DaysAtMost}");
            if (terms.GraceDays is < 0 or > GraceAtMost) node.Error($"graceDays is from 0 to {GraceAtMost}");
            if (terms.LeastDownShare is < 0 or >= 1) node.Error("leastDownShare is from 0 to below 1");
            if (lateFee is not ("runs" or "stands")) node.Error("lateFee is runs or stands");
        }

        return terms;
    }

    /// <summary>Least down payment of a debt, rounded up to the fen.</summary>
    public Money LeastDown(Money total) => new((long)Math.Ceiling(total.Fen * LeastDownShare));
}

/// <summary>One part of a plan.</summary>
public readonly record struct PlannedPart(short Number, DateOnly DueOn, Money Amount);

/// <summary>A debt in parts: what is paid at once, then equal parts month by month, the last taking the rest.</summary>
public static class InstalmentPlan
{
    /// <param name="parts">Including the down payment.</param>
    /// <param name="nextDue">Date of the second part; the others follow a month apart.</param>
    /// <returns>Σ is the total, to the fen.</returns>
    /// <exception cref="Refused">agreement.none_here; agreement.parts_wrong; agreement.down_wrong; agreement.next_due_wrong; agreement.too_long</exception>
    public static IReadOnlyList<PlannedPart> Of(InstalmentTerms terms, Money total, Money down, int parts, DateOnly signedOn, DateOnly nextDue)
    {
        Refused.If(!terms.Exist, "agreement.none_here");
        var mistakes = new List<Refused>();
        if (parts < 2 || parts > terms.MostParts) mistakes.Add(new("agreement.parts_wrong", 2, terms.MostParts) { Field = "Parts" });
        var least = Money.Max(new(1), terms.LeastDown(total));
        if (down < least || total - down < new Money(Math.Max(1, parts - 1))) mistakes.Add(new("agreement.down_wrong", least, total) { Field = "Down" });
        var last = signedOn.AddDays(terms.MostDays);
        if (nextDue <= signedOn) mistakes.Add(new("agreement.next_due_wrong", Shown.Text(signedOn)) { Field = "NextDue" });
        else if (parts >= 2 && parts <= terms.MostParts && nextDue.AddMonths(parts - 2) > last) mistakes.Add(new("agreement.too_long", Shown.Text(last)) { Field = "NextDue" });
        Refused.IfAny(mistakes);

        var each = new Money((total - down).Fen / (parts - 1));
        var plan = new List<PlannedPart> { new(1, signedOn, down) };
        for (var n = 2; n <= parts; n++)
            plan.Add(new((short)n, nextDue.AddMonths(n - 2), n < parts ? each : total - down - new Money(each.Fen * (parts - 2))));
        return plan;
    }
}
