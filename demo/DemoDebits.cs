using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Payments;

namespace OpenHall.Demo;

/// <summary>A morning's direct debits: one bank has answered, and took one payment back; the other's file is at the bank.</summary>
sealed class DemoDebits(Actors actors, IReadOnlyDictionary<string, string> words)
{
    private const string BillingOffice = "1401", Manager = "1001";

    public async Task Make(DateOnly today, CancellationToken ct)
    {
        if (await Released("hbyh", today, ct) is { } answered)
        {
            var file = await Answer(answered, ct);
            await actors.As(BillingOffice, (TakeDebitAnswer take) => take.Handle(Guid.CreateVersion7(), answered, file, ct));
            var returned = await actors.Read(db => db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == answered && i.State == DebitItemState.Collected).OrderBy(i => i.Sequence).Select(i => i.AccountNumber).FirstOrDefaultAsync(ct), ct);
            var command = new ReturnDebit.Command(Guid.CreateVersion7(), answered, returned ?? "", "NSF");
            if (returned is not null) await actors.Agreed(BillingOffice, Manager, words["debit_return"], (ReturnDebit give) => give.Handle(command, ct));
        }

        await Released("jcyh", today, ct);
    }

    private async Task<Guid?> Released(string bank, DateOnly today, CancellationToken ct)
    {
        var due = await actors.As(BillingOffice, (DueDebits list) => actors.Read(db => list.Of(db, bank, today, today, ct), ct));
        if (due.Items.Count == 0) return null;
        var id = await actors.As(BillingOffice, (MakeDebits make) => make.Handle(new(Guid.CreateVersion7(), bank, today, today, due.Items.Count, due.Total.Fen), ct));
        var command = new ReleaseDebits.Command(Guid.CreateVersion7(), id, due.Items.Count, due.Total.Fen);
        await actors.Agreed(BillingOffice, Manager, words["debit_release"], (ReleaseDebits release) => release.Handle(command, ct));
        return id;
    }

    /// <summary>In the layout of hbyh: every fifth account has not enough money.</summary>
    private async Task<byte[]> Answer(Guid id, CancellationToken ct)
    {
        var items = await actors.Read(db => db.DebitItems.Where(i => i.Bucket >= 0 && i.BatchId == id).OrderBy(i => i.Sequence).ToListAsync(ct), ct);
        var number = await actors.Read(db => db.DebitBatches.Where(b => b.Id == id).Select(b => b.Number).SingleAsync(ct), ct);
        var file = new StringBuilder("reference,account,collected,code").AppendLine();
        foreach (var item in items)
        {
            var isPaid = item.Sequence % 5 != 2;
            file.AppendLine(FormattableString.Invariant($"{number}{item.Sequence:D5},{item.BankAccount},{(isPaid ? item.Amount.Yuan : 0):0.00},{(isPaid ? "OK" : "NSF")}"));
        }

        return Encoding.UTF8.GetBytes(file.ToString());
    }
}
