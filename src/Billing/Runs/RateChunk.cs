using System.Security.Cryptography;
using System.Text;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.Billing;

/// <summary>One chunk of a run: read → rate → bills with their lines → written, in one transaction. Its request id is made of
/// run and chunk, so after a crash, or on two nodes at once, it is done once.</summary>
public sealed class RateChunk(Work work, BillMaker maker, LineSources sources, BillingTerms terms, BillChecks checks, Tariffs tariffs)
{
    [Needs("bills.run")]
    public sealed record Command(Guid RequestId, Guid RunId, int Chunk) : ICommand;

    public static Command For(Guid runId, int chunk) => new(IdOf(runId, "rate", chunk), runId, chunk);

    /// <summary>Request id of a part of long work: the same each time it is tried.</summary>
    public static Guid IdOf(Guid runId, string step, int chunk) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{runId:N}|{step}|{chunk}")).AsSpan(0, 16));

    /// <returns>Bills made.</returns>
    public Task<long> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var chunk = await db.BillRunChunks.Hold(k => k.RunId == c.RunId && k.Number == c.Chunk, orRefuse: "run.not_found", ct);
        if (chunk.IsRated) return chunk.Bills;
        var run = await db.BillRuns.FindAsync([c.RunId], ct) ?? throw new Refused("run.not_found");
        var period = new BillingPeriod(run.Period);
        var facts = await ChunkFacts.Read(db, tariffs, run, chunk, ct);
        var due = DateOnly.FromDateTime(Shown.Local(db.AtUtc)).AddDays(terms.DueDays);

        var bills = new List<CustomerBill>(facts.ToBill.Count);
        var lines = new List<BillLine>(facts.ToBill.Count * 3);
        var facets = new Dictionary<long, BillFacets>(facts.ToBill.Count);
        var findings = facts.Findings.Select(f => Finding(f.Point.AccountId, f.Code, [])).ToList();
        // In the order of the tables' keys, so that all rows are made in it.
        foreach (var account in facts.ToBill.OrderBy(a => a.Point.Bucket).ThenBy(a => a.Point.AccountId))
        {
            var made = maker.Make(account, period, run.Id, due, db.AtUtc);
            if (made.Bill is null) findings.Add(Finding(account.Point.AccountId, made.Finding!.Code, made.Finding.Values));
            else bills.Add(made.Bill);
            if (made.Bill is not null) facets[account.Point.AccountId] = new(made.LoadKw, account.Point.ContractKva, made.IsOtherMeter);
            lines.AddRange(made.Lines);
        }

        var held = HoldBack(bills, facts, facets, run);
        await sources.Keep(db, lines, ct);
        await db.InsertMany(bills, ct);
        await db.InsertMany(lines, ct);
        await db.InsertMany(held, ct);
        await db.InsertMany(findings, ct);
        chunk.Rated(bills, findings.Count, facts.Skipped);
        db.Subject = $"{period} {chunk.Number}";
        return chunk.Bills;

        BillRunFinding Finding(long accountId, string code, IReadOnlyList<object> values) => new()
        {
            RunId = run.Id, AccountId = accountId, AccountNumber = facts.Numbers[accountId], Code = code,
            Details = Cut(string.Join('|', values.Select(v => Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture)))),
        };
    }, ct);

    private List<HeldBill> HoldBack(List<CustomerBill> bills, ChunkFacts.Facts facts, Dictionary<long, BillFacets> facets, BillRun run)
    {
        var neighbours = BillChecks.Neighbours(bills);
        var held = new List<HeldBill>();
        foreach (var bill in bills)
        {
            var (lastYear, last) = facts.Before[bill.AccountId];
            var codes = checks.Of(bill, lastYear, last, neighbours.TryGetValue(bill.TariffCode, out var usual) ? usual : null, facets[bill.AccountId]);
            if (codes.Count == 0) continue;
            bill.HoldBack();
            held.Add(new()
            {
                Bucket = bill.Bucket, AccountId = bill.AccountId, Period = bill.Period, Issue = bill.Issue, RunId = run.Id, AccountNumber = facts.Numbers[bill.AccountId], UnitPath = facts.Units[bill.AccountId],
                Codes = string.Join(' ', codes), UsageWh = bill.UsageWh, AmountFen = bill.AmountFen,
                UsualWh = (lastYear ?? last) is { } before ? (long)(before.DailyWh * (bill.ToDay.DayNumber - bill.FromDay.DayNumber + 1)) : null,
            });
        }

        return [.. held.OrderBy(h => h.Bucket).ThenBy(h => h.AccountId)];
    }

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400];
}
