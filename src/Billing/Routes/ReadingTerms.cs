using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>How readings are expected and estimated, from the packs' <c>billing.yaml</c>.</summary>
public sealed class ReadingTerms
{
    /// <summary>Estimates one after the other; then somebody has to read the meter.</summary>
    public int EstimatesInARow { get; private set; } = 3;

    /// <summary>Bills whose average counts where the same month of the year before has none.</summary>
    public int AverageOfBills { get; private set; } = 3;

    /// <summary>Per cent more or less than expected that a sheet still calls usual.</summary>
    public int ExpectedPercent { get; private set; } = 50;

    public static ReadingTerms Read(Packs packs)
    {
        var terms = new ReadingTerms();
        foreach (var file in packs.Files("billing.yaml"))
        {
            if (!file.Has("readings")) continue;
            var node = file["readings"];
            terms.EstimatesInARow = node.Number("estimatesInARow", terms.EstimatesInARow);
            terms.AverageOfBills = node.Number("averageOfBills", terms.AverageOfBills);
            terms.ExpectedPercent = node.Number("expectedPercent", terms.ExpectedPercent);
            if (terms.EstimatesInARow is < 0 or > 12) node.Error("estimatesInARow is from 0 to 12");
            if (terms.AverageOfBills is < 1 or > 12) node.Error("averageOfBills is from 1 to 12");
            if (terms.ExpectedPercent is < 1 or > 100) node.Error("expectedPercent is from 1 to 100");
        }

        return terms;
    }
}
