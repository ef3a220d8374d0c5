using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>An old bill beside its new one, line by line.</summary>
public sealed record RebillPair(CustomerBill Old, IReadOnlyList<ExplainedLine> OldLines, CustomerBill New, IReadOnlyList<ExplainedLine> NewLines, BillReplacement? Document);

/// <summary>What re-billing a month did, and what it would do now.</summary>
/// <param name="Done">Replacements in which the bill is the old or the new one.</param>
/// <param name="Preview">Bills that would be replaced now; none: nothing would change, or the bill is not in force.</param>
/// <param name="Refusal">Why it can't be rated again; null: it can.</param>
public sealed record RebillView(AccountFile File, CustomerBill Bill, IReadOnlyList<RebillPair> Done, IReadOnlyList<RebillPair> Preview, Refused? Refusal)
{
    public Money Difference => new(Preview.Sum(p => p.New.AmountFen - p.Old.AmountFen));
}

/// <summary>Reads a bill's replacements and rates its month again without writing anything.</summary>
public sealed class RebillPreview(HallDb db, Current current, ExplainBill bills, BillMaker maker, LineSources sources, TimeProvider clock)
{
    /// <exception cref="Refused">bill.not_found</exception>
    public async Task<RebillView> Of(string number, bool byPresentTariff, CancellationToken ct = default)
    {
        current.Require("bills.see");
        var explained = await bills.Of(number, ct);
        var bill = explained.Bill;
        var documents = await db.BillReplacements.Where(r => r.Bucket == bill.Bucket && r.AccountId == bill.AccountId && r.Period == bill.Period && (r.OldIssue == bill.Issue || r.NewIssue == bill.Issue)).OrderByDescending(r => r.NewIssue).ToListAsync(ct);
        var done = new List<RebillPair>();
        foreach (var document in documents)
        {
            var (old, now) = (await bills.Of(document.Old.Number, ct), await bills.Of(document.New.Number, ct));
            done.Add(new(old.Bill, old.Lines, now.Bill, now.Lines, document));
        }

        if (!bill.IsReleased) return new(explained.File, bill, done, [], null);
        try
        {
            var plan = await RebillPlan.Of(db, maker, explained.File.Account, bill.Period, byPresentTariff, Guid.Empty, clock.GetUtcNow().UtcDateTime, ct);
            var preview = new List<RebillPair>();
            foreach (var p in plan) preview.Add(new(p.Old, await Explained(p.OldLines, ct), p.New, await Explained(p.NewLines, ct), null));
            return new(explained.File, bill, done, preview, null);
        }
        catch (Refused refused)
        {
            return new(explained.File, bill, done, [], refused);
        }
    }

    private async Task<IReadOnlyList<ExplainedLine>> Explained(IReadOnlyList<BillLine> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.SourceId).Distinct().ToList();
        var kept = await db.Set<BillLineSource>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => LineSources.Read(s.Content), ct);
        return [.. lines.Select(l => new ExplainedLine(l, kept.TryGetValue(l.SourceId, out var source) ? source : sources.Known(l.SourceId)))];
    }
}
