using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>生成代扣批次: what is due is written down as one batch for one bank, exactly as it was shown.</summary>
public sealed class MakeDebits(Work work, Current current, DueDebits due)
{
    /// <param name="Items">Accounts, and their sum, as the preview showed them.</param>
    [Needs("debits.make")]
    public sealed record Command(Guid RequestId, string BankCode, DateOnly DueUpTo, DateOnly CollectOn, int Items, long TotalFen) : ICommand;

    /// <returns>Id of the batch.</returns>
    /// <exception cref="Refused">day.not_open; debit.bank_unknown; debit.collect_too_early; debit.nothing_due; debit.changed</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        Refused.IfField(c.CollectOn < day.Date.Day, "CollectOn", "debit.collect_too_early");
        var list = await due.Of(db, c.BankCode, c.DueUpTo, c.CollectOn, ct);
        Refused.If(list.Items.Count == 0, "debit.nothing_due");
        Refused.If(list.Items.Count != c.Items || list.Total.Fen != c.TotalFen, "debit.changed", c.Items, new Money(c.TotalFen), list.Items.Count, list.Total);
        var id = Guid.CreateVersion7();
        var batch = new DebitBatch
        {
            Id = id, Number = string.Create(CultureInfo.InvariantCulture, $"P{c.CollectOn:yyyyMMdd}{id.ToString("N")[^6..].ToUpperInvariant()}"), HallId = hallId, UnitPath = current.UnitPath,
            BankCode = c.BankCode, DueUpTo = c.DueUpTo, CollectOn = c.CollectOn, Items = c.Items, TotalFen = c.TotalFen, MadeByName = current.Name, MadeAtUtc = db.AtUtc,
        };
        db.Add(batch);
        await db.SaveChangesAsync(ct);
        await db.InsertMany(list.Items.Select((item, i) => new DebitItem
        {
            Bucket = item.Agreement.Bucket, AccountId = item.Agreement.AccountId, BatchId = id, Sequence = i + 1, Agreement = item.Agreement.Sequence, AccountNumber = item.Agreement.AccountNumber,
            BankAccount = item.Agreement.BankAccount, Holder = item.Agreement.Holder, AmountFen = item.Amount.Fen, Bills = string.Join(' ', item.Bills.Select(b => b.Number)),
        }), ct);
        db.Subject = batch.Number;
        db.Raise(new DebitBatchMoved(id, batch.State));
        return id;
    }, ct);
}

/// <summary>放行代扣批次: with another person's agreement to its sum; from now on its file may go to the bank.</summary>
public sealed class ReleaseDebits(Work work, Current current)
{
    [Needs("debits.make")]
    [FourEyes("debits.approve")]
    public sealed record Command(Guid RequestId, Guid BatchId, int Items, long TotalFen) : ICommand;

    /// <exception cref="Refused">approval.needed; debit.batch_not_found; debit.move_not_allowed; debit.changed</exception>
    public Task<DebitBatchState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var batch = await db.DebitBatches.HoldSeen(current, c.BatchId, ct);
        Refused.If(batch.Items != c.Items || batch.TotalFen != c.TotalFen, "debit.changed", c.Items, new Money(c.TotalFen), batch.Items, batch.Total);
        batch.Release(current.Name, db.ApprovedByName() ?? "", db.AtUtc);
        db.Subject = batch.Number;
        db.Raise(new DebitBatchMoved(batch.Id, batch.State));
        return batch.State;
    }, ct);
}

/// <summary>撤回代扣批次: the bank was not asked; its accounts are free for another batch.</summary>
public sealed class WithdrawDebits(Work work, Current current)
{
    [Needs("debits.make")]
    public sealed record Command(Guid RequestId, Guid BatchId, string Reason) : ICommand;

    /// <exception cref="Refused">debit.batch_not_found; debit.move_not_allowed; debit.reason_missing</exception>
    public Task<DebitBatchState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > DebitAgreement.MaxReason, "Reason", "debit.reason_missing", DebitAgreement.MaxReason);
        var batch = await db.DebitBatches.HoldSeen(current, c.BatchId, ct);
        batch.Withdraw(current.Name, c.Reason.Trim(), db.AtUtc);
        await db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == batch.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, DebitItemState.Withdrawn), ct);
        db.Subject = batch.Number;
        db.Raise(new DebitBatchMoved(batch.Id, batch.State));
        return batch.State;
    }, ct);
}

/// <summary>A batch of direct debits was made, released, answered or withdrawn.</summary>
public sealed record DebitBatchMoved(Guid BatchId, DebitBatchState State);

static class HoldBatch
{
    /// <exception cref="Refused">debit.batch_not_found (also when it is of a unit that the person does not see)</exception>
    public static async Task<DebitBatch> HoldSeen(this DbSet<DebitBatch> batches, Current current, Guid id, CancellationToken ct)
    {
        var batch = await batches.Hold(b => b.Id == id, orRefuse: "debit.batch_not_found", ct);
        Refused.If(!current.Covers(batch.UnitPath), "debit.batch_not_found");
        return batch;
    }
}

/// <summary>A batch as the second person reads it: which bank, how many, how much.</summary>
sealed class DescribeDebits(HallDb db, DebitBanks banks, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReleaseDebits);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReleaseDebits.Command>()!;
        var batch = await db.DebitBatches.SingleOrDefaultAsync(b => b.Id == command.BatchId, ct);
        return batch is null ? null : new(
            texts["debit.words", batch.Number, banks.Find(batch.BankCode)?.Name.ToString() ?? batch.BankCode, command.Items, new Money(command.TotalFen), Shown.Text(batch.CollectOn)], new(command.TotalFen), $"/debits/{batch.Id}");
    }
}
