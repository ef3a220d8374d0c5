using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Bills that a bank has been asked for and has not answered: their customers are not reminded meanwhile.</summary>
static class DebitsAtBank
{
    public static BillsWaiting Waiting(DebitBanks banks) => new(async (db, buckets, accounts, day, ct) =>
    {
        // A bank that never answers does not hold the ladder up for ever.
        var asked = day.AddDays(-banks.AnswerDays);
        var bills = await (from i in db.DebitItems
                           join b in db.DebitBatches on i.BatchId equals b.Id
                           where buckets.Contains(i.Bucket) && accounts.Contains(i.AccountId) && i.State == DebitItemState.Open
                               && (b.State == DebitBatchState.Booking || b.State == DebitBatchState.Released && b.CollectOn >= asked)
                           select i).ToListAsync(ct);
        return [.. bills.SelectMany(i => i.BillKeys)];
    });
}

/// <summary>Before a day closes: no bank's answer is half booked.</summary>
sealed class DebitsBooked : IDayCondition
{
    public string Code => "debits_booked";

    public async Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct) =>
        [.. (await db.DebitBatches.Where(b => b.HallId == hallId && b.State == DebitBatchState.Booking).OrderBy(b => b.Id).ToListAsync(ct)).Select(b => new DayFinding("debit.finding.booking", [b.Number], $"/debits/{b.Id}"))];
}
