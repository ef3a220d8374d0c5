using OpenHall.App;

namespace OpenHall.Reconciliation;

/// <summary>How long banks take and differences may stand, from the packs' <c>payments.yaml</c>.</summary>
public sealed class StatementTerms
{
    /// <summary>Days after which card money has to be at the bank.</summary>
    public int SettleDays { get; private set; } = 3;

    /// <summary>Most days between an item and its line.</summary>
    public int MatchDays { get; private set; } = 10;

    /// <summary>Days in which a difference is to be cleared.</summary>
    public int ClearDays { get; private set; } = 3;

    public DateOnly DueOn(DateOnly found) => found.AddDays(ClearDays);

    public static StatementTerms Read(Packs packs)
    {
        var terms = new StatementTerms();
        foreach (var file in packs.Files("payments.yaml"))
        {
            if (!file.Has("bank")) continue;
            var node = file["bank"];
            terms.SettleDays = node.Number("settleDays", terms.SettleDays);
            terms.MatchDays = node.Number("matchDays", terms.MatchDays);
            terms.ClearDays = node.Number("clearDays", terms.ClearDays);
            if (terms.SettleDays < 0 || terms.MatchDays < terms.SettleDays || terms.MatchDays > 60 || terms.ClearDays < 0) node.Error("settleDays is 0 or more, matchDays not less and at most 60, clearDays 0 or more");
        }

        return terms;
    }
}
