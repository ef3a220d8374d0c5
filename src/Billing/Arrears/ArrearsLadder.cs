using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Reminder and Notice: a letter. SuspensionOrder: the supply is to be cut off.</summary>
public enum ArrearsStepKind { Reminder, Notice, SuspensionOrder }

/// <summary>One step of the ladder.</summary>
/// <param name="DaysAfterDue">Days since the oldest overdue bill was due, 1 or more.</param>
/// <param name="Least">Least owing, late fee included.</param>
/// <param name="DaysAfterStep">Days since the step before, so that its letter has had its time.</param>
/// <param name="Customers">Only for these; null: for all.</param>
public sealed record ArrearsStep(string Code, LocalText Name, ArrearsStepKind Kind, int DaysAfterDue, Money Least, int DaysAfterStep, CustomerKind? Customers)
{
    /// <param name="sinceStep">Days since the step before; null: it is the first.</param>
    public bool IsReached(int overdue, Money owing, int? sinceStep) =>
        overdue >= DaysAfterDue && owing >= Least && (sinceStep is not { } since || since >= Math.Max(1, DaysAfterStep));
}

/// <summary>催费阶梯: what is done about overdue bills and when, from the packs' <c>billing.yaml</c>. An account climbs one step at a time.</summary>
public sealed class ArrearsLadder
{
    public const int MostCodeLength = 20, MostDays = 365;

    private static readonly Dictionary<string, ArrearsStepKind> Kinds = new() { ["reminder"] = ArrearsStepKind.Reminder, ["notice"] = ArrearsStepKind.Notice, ["suspension_order"] = ArrearsStepKind.SuspensionOrder };
    private static readonly Dictionary<string, CustomerKind> Customers = new() { ["person"] = CustomerKind.Person, ["organisation"] = CustomerKind.Organisation };
    private readonly List<ArrearsStep> _steps = [];

    public IReadOnlyList<ArrearsStep> Steps => _steps;

    public static ArrearsLadder Read(Packs packs)
    {
        var ladder = new ArrearsLadder();
        foreach (var file in packs.Files("billing.yaml"))
        {
            foreach (var node in file.Optional("arrears").Items) ladder.Add(node);
        }

        return ladder;
    }

    private void Add(PackNode node)
    {
        if (!Kinds.TryGetValue(node.Text("kind"), out var kind)) node.Error("kind is reminder, notice or suspension_order");
        CustomerKind? customers = null;
        if (node.TextOrNull("customers") is { } whom)
        {
            if (Customers.TryGetValue(whom, out var found)) customers = found;
            else node.Error("customers is person or organisation");
        }

        var step = new ArrearsStep(node.Text("code"), node.Local("name"), kind, node["daysAfterDue"].Number(), Money.OfYuan(node.DecimalOrNull("leastYuan") ?? 0), node.Number("daysAfterStep", 0), customers);
        if (step.Code.Length is 0 or > MostCodeLength || _steps.Any(s => s.Code == step.Code)) node.Error($"code is a word of its own of at most {MostCodeLength} characters");
        if (step.DaysAfterDue is < 1 or > MostDays) node.Error($"daysAfterDue is from 1 to {MostDays}");
        if (step.DaysAfterStep is < 0 or > MostDays) node.Error($"daysAfterStep is from 0 to {MostDays}");
        if (step.Least < Money.Zero) node.Error("leastYuan is 0 or more");
        var before = _steps.Where(s => s.Customers is null || customers is null || s.Customers == customers).ToList();
        if (before.Count > 0 && before[^1].DaysAfterDue > step.DaysAfterDue) node.Error("daysAfterDue rises from step to step");
        // Nobody is cut off who was not told before.
        if (kind == ArrearsStepKind.SuspensionOrder && before.All(s => s.Kind != ArrearsStepKind.Notice)) node.Error("a suspension_order needs a notice before it");
        if (before.Any(s => s.Kind == ArrearsStepKind.SuspensionOrder)) node.Error("the suspension_order is the last step");
        _steps.Add(step);
    }

    /// <summary>The step after so many; null: there is none.</summary>
    public ArrearsStep? Next(CustomerKind kind, int climbed) => _steps.Where(s => s.Customers is null || s.Customers == kind).Skip(climbed).FirstOrDefault();

    /// <summary>Name of a step; its code where the packs have it no more.</summary>
    public string NameOf(string code) => _steps.FirstOrDefault(s => s.Code == code)?.Name.ToString() ?? code;
}
