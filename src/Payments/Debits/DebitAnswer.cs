using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using Finding = OpenHall.Kernel.Finding;

namespace OpenHall.Payments;

/// <summary>A bank's answer held against its batch.</summary>
/// <param name="Mistakes">With their line (0: the whole file); any of them, and nothing of the file is booked. Their sentences are <c>debit.mistake.*</c>.</param>
public sealed record DebitAnswer(IReadOnlyList<DebitAnswer.Item> Items, IReadOnlyList<(int Line, Finding Finding)> Mistakes)
{
    /// <summary>Mistakes kept of a file.</summary>
    public const int MostMistakes = 200;

    /// <summary>Bytes of an answer.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <param name="Reason">Null: collected whole.</param>
    public sealed record Item(DebitItem Asked, Money Collected, string Code, DebitReason? Reason);

    /// <exception cref="Refused">debit.bank_unknown</exception>
    public static async Task<DebitAnswer> Of(HallDb db, DebitBanks banks, DebitBatch batch, byte[] content, CancellationToken ct) => Of(
        banks.Find(batch.BankCode) ?? throw new Refused("debit.bank_unknown"), batch, await db.DebitItems.AsNoTracking().Where(i => i.Bucket >= 0 && i.BatchId == batch.Id).OrderBy(i => i.Sequence).ToListAsync(ct), content);

    /// <summary>Checks the whole answer: every item once, none that was not asked for, sums that can be, codes that are known. Pure.</summary>
    public static DebitAnswer Of(DebitBank bank, DebitBatch batch, IReadOnlyList<DebitItem> items, byte[] content)
    {
        var byReference = items.ToDictionary(i => DebitFile.Reference(batch, i));
        var answered = new Dictionary<string, Item>();
        var mistakes = new List<(int, Finding)>();
        foreach (var (line, answer) in DebitFile.Read(bank, content))
        {
            if (mistakes.Count >= MostMistakes) break;
            if (Wrong(bank, byReference, answered, answer) is { } wrong) mistakes.Add((line, wrong));
            else answered[answer!.Reference] = new(byReference[answer.Reference], answer.Collected!.Value, answer.Code, bank.Reasons.GetValueOrDefault(answer.Code));
        }

        if (mistakes.Count == 0 && answered.Count < items.Count) mistakes.Add((0, new("", "missing", items.Count - answered.Count, items.First(i => !answered.ContainsKey(DebitFile.Reference(batch, i))).AccountNumber)));
        return new([.. answered.Values.OrderBy(i => i.Asked.Bucket).ThenBy(i => i.Asked.AccountId)], mistakes);
    }

    private static Finding? Wrong(DebitBank bank, Dictionary<string, DebitItem> asked, Dictionary<string, Item> answered, DebitFile.Answer? answer)
    {
        if (answer is null) return new("", "fields", bank.Back.Count);
        if (!asked.TryGetValue(answer.Reference, out var item)) return new("", "not_asked", answer.Reference);
        if (answered.ContainsKey(answer.Reference)) return new("", "twice", answer.Reference);
        if (answer.Account is { } account && account != item.BankAccount) return new("", "account", answer.Reference);
        if (answer.Asked is { } sum && sum != item.Amount) return new("", "asked", answer.Reference, item.Amount, sum);
        if (answer.Collected is not { } got) return new("", "number", answer.Reference);
        if (got > item.Amount) return new("", "too_much", answer.Reference, item.Amount, got);
        if (bank.Done.Contains(answer.Code)) return got == item.Amount ? null : new("", "not_whole", answer.Reference, item.Amount, got);
        if (!bank.Reasons.ContainsKey(answer.Code)) return new("", "code", answer.Reference, answer.Code);
        return got == item.Amount ? new("", "refused_whole", answer.Reference, answer.Code) : null;
    }
}
