using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>回盘: a bank's answer to a batch is checked whole, kept, and then booked part by part (<see cref="BookDebitAnswer"/>): bills paid by it, the rest to arrears. The same answer is booked once.</summary>
public sealed class TakeDebitAnswer(Work work, HallDb reading, Current current, DebitBanks banks, BookDebitAnswer booking)
{
    /// <param name="ContentHash">SHA-256 of the file.</param>
    [Needs("debits.make")]
    public sealed record Command(Guid RequestId, Guid BatchId, string ContentHash) : ICommand;

    /// <param name="Mistakes">Any: nothing was booked.</param>
    public sealed record Result(int Collected, long CollectedFen, int Refused, IReadOnlyList<Mistake> Mistakes);

    public sealed record Mistake(int Line, Kernel.Finding Finding);

    /// <exception cref="Refused">file.empty; file.too_large; day.not_open; debit.batch_not_found; debit.not_released; debit.answered_already</exception>
    public async Task<Result> Handle(Guid requestId, Guid batchId, byte[] content, CancellationToken ct = default)
    {
        if (await Accept(requestId, batchId, content, ct) is { Count: > 0 } mistakes) return new(0, 0, 0, mistakes);
        var batch = await booking.Continue(batchId, ct);
        return new(batch.Collected, batch.CollectedFen, batch.Items - batch.Collected, []);
    }

    /// <summary>Checks the answer and keeps it; from then on it is booked, whatever happens to this request.</summary>
    /// <returns>What is wrong with it; empty: it was accepted.</returns>
    /// <exception cref="Refused">As of <see cref="Handle"/>.</exception>
    public async Task<IReadOnlyList<Mistake>> Accept(Guid requestId, Guid batchId, byte[] content, CancellationToken ct = default)
    {
        current.Require("debits.make");
        Refused.IfField(content.Length == 0, "File", "file.empty");
        Refused.IfField(content.Length > DebitAnswer.MostBytes, "File", "file.too_large", DebitAnswer.MostBytes / 1024 / 1024);
        var command = new Command(requestId, batchId, Convert.ToHexStringLower(SHA256.HashData(content)));
        // Looked at before anything is held: a file with mistakes begins no command, and can be handed in again when it is put right.
        var asked = await reading.DebitBatches.SingleOrDefaultAsync(b => b.Id == batchId, ct) ?? throw new Refused("debit.batch_not_found");
        if (asked.State == DebitBatchState.Released && await DebitAnswer.Of(reading, banks, asked, content, ct) is { Mistakes.Count: > 0 } wrong) return [.. wrong.Mistakes.Select(m => new Mistake(m.Line, m.Finding))];
        await work.Once(command, async db =>
        {
            var batch = await db.DebitBatches.HoldSeen(current, batchId, ct);
            batch.WantsAnswer();
            var day = await db.OpenDay(batch.HallId, ct);
            var answer = await DebitAnswer.Of(db, banks, batch, content, ct);
            Refused.If(answer.Mistakes.Count > 0, "debit.answer_wrong", answer.Mistakes.Count);
            batch.Answer(command.ContentHash, day.Date, current.UserId!.Value, current.Name, db.AtUtc);
            db.Add(new DebitAnswerFile { BatchId = batchId, Content = content });
            (db.Subject, db.HallOfCommand) = (batch.Number, batch.HallId);
            db.Raise(new DebitBatchMoved(batch.Id, batch.State));
            return true;
        }, ct);
        return [];
    }
}
