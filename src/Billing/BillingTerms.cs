using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>How an industry bills, from the packs' <c>billing.yaml</c>: days to pay, and which late-fee rule goes with which tariff.</summary>
public sealed class BillingTerms
{
    private const int MostDueDays = 90;
    private readonly List<(string Part, string Rule)> _lateFees = [];

    /// <summary>Days from release to the due date.</summary>
    public int DueDays { get; private set; } = 15;

    public static BillingTerms Read(Packs packs)
    {
        var terms = new BillingTerms();
        foreach (var file in packs.Files("billing.yaml"))
        {
            terms.DueDays = file.Number("dueDays", terms.DueDays);
            if (terms.DueDays is < 0 or > MostDueDays) file.Error($"dueDays is from 0 to {MostDueDays}");
            foreach (var rule in file.Optional("lateFees").Items) terms._lateFees.Add((rule.TextOrNull("tariffsWith") ?? "", rule.Text("rule")));
        }

        return terms;
    }

    /// <summary>Code of the late-fee rule: the first line whose text stands in the tariff's code.</summary>
    public string? LateFeeOf(string tariffCode) =>
        _lateFees.Where(l => tariffCode.Contains(l.Part, StringComparison.Ordinal)).Select(l => l.Rule).FirstOrDefault();
}
