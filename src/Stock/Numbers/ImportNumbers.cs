using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>号码入池: a list of numbers enters the pool, checked whole before anything is written; every wrong line is named.</summary>
public sealed class ImportNumbers(Work work, Current current, NumberGrades grades)
{
    public const int MostLines = 1_000_000;
    /// <summary>Mistakes told of one list.</summary>
    private const int MostMistakes = 200;
    private const int KeysAtOnce = 5000;

    /// <param name="Lines">One number a line, as in the file.</param>
    /// <param name="UnitPath">Unit whose pool they enter; null: one's own.</param>
    [Needs("numbers.manage")]
    public sealed record Command(Guid RequestId, IReadOnlyList<string> Lines, string? UnitPath = null) : ICommand;

    /// <exception cref="Refused">number.list_empty; number.list_too_long; account.out_of_reach; number.line_wrong, number.line_twice, number.line_there (each with its line)</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var unit = c.UnitPath ?? current.UnitPath;
        Refused.If(!Reach.Covers(current, unit), "account.out_of_reach");
        Refused.IfField(c.Lines.Count > MostLines, "File", "number.list_too_long", MostLines);
        var mistakes = new List<Refused>();
        var lines = new Dictionary<string, int>(c.Lines.Count);
        for (var i = 0; i < c.Lines.Count && mistakes.Count < MostMistakes; i++)
        {
            var number = c.Lines[i].Trim();
            if (number.Length == 0) continue;
            if (number.Length != PoolNumber.Digits || number[0] != '1' || number.Any(d => !char.IsAsciiDigit(d))) Wrong("number.line_wrong", i, number);
            else if (!lines.TryAdd(number, i + 1)) Wrong("number.line_twice", i, number);
        }

        foreach (var part in lines.Keys.Order(StringComparer.Ordinal).Chunk(KeysAtOnce))
        {
            var there = await db.PoolNumbers.Where(n => part.Contains(n.Number)).Select(n => n.Number).Take(MostMistakes).ToListAsync(ct);
            foreach (var number in there.Where(_ => mistakes.Count < MostMistakes)) Wrong("number.line_there", lines[number] - 1, number);
        }

        Refused.IfAny(mistakes);
        Refused.IfField(lines.Count == 0, "File", "number.list_empty");
        await db.InsertMany(lines.Keys.Select(n => PoolNumber.Of(n, grades.Of(n), unit)), ct);
        db.Subject = unit;
        return lines.Count;

        void Wrong(string code, int index, string number) => mistakes.Add(new Refused(code, index + 1, number) { Field = "File" });
    }, ct);
}
