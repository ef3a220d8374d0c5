using System.Globalization;
using OpenHall.Kernel;
using OpenHall.Rating;

namespace OpenHall.TariffFiles;

/// <summary>Bills as CSV: account, from, to, tariff, total, counted_kwh, error, then quantity, price and amount of every kind of line that occurs.</summary>
public static class BillCsv
{
    public static void Write(RateRun run, TextWriter output)
    {
        var rows = run.Rows();
        var keys = run.Keys!;
        output.Write("account,from,to,tariff,total,counted_kwh,error");
        if (run.HasReplaced) output.Write(",replaced,difference");
        if (run.HasRolledOver) output.Write(",rolls_over");
        foreach (var key in keys.Names) output.Write($",{CsvText.Field($"{key}.quantity")},{CsvText.Field($"{key}.price")},{CsvText.Field($"{key}.amount")}");
        output.Write('\n');
        var cells = new Cell[keys.Names.Count];
        Span<char> number = stackalloc char[40];
        foreach (var row in rows)
        {
            var bill = row.Bill;
            output.Write(CsvText.Field(row.Account));
            Day(row.From, output);
            Day(row.To, output);
            output.Write(',');
            output.Write(CsvText.Field(bill.Tariff));
            Yuan(bill.Total, number, output);
            Number(bill.CountedKwh, number, output);
            output.Write(',');
            if (!bill.IsRated) output.Write(CsvText.Field(Error(bill)));
            if (run.HasReplaced) Replaced(row, number, output);
            if (run.HasRolledOver) output.Write($",{string.Join(' ', (row.RollsOver ?? new Dictionary<string, decimal>()).Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key}:{r.Value:0.############}")))}");
            Array.Clear(cells);
            foreach (var line in bill.Lines) cells[keys.Place(line.Source)].Add(line);
            foreach (ref var cell in cells.AsSpan()) cell.Write(number, output);
            output.Write('\n');
        }
        output.Flush();
    }

    internal const string Exact = "0.############";

    internal static string Error(RatedBill bill) => string.Join("; ", bill.Findings.Select(f => FindingTexts.Of(f.Code, f.Values, chinese: false)));

    static void Replaced(RatedRow row, Span<char> number, TextWriter output)
    {
        if (row.Cancels is not { Count: > 0 } cancels) { output.Write(",,"); return; }
        var before = new Money(cancels.Sum(b => b.Total.Fen));
        Yuan(before, number, output);
        Yuan(row.Bill.Total - before, number, output);
    }

    static void Day(DateOnly? day, TextWriter output)
    {
        output.Write(',');
        Span<char> text = stackalloc char[10];
        if (day is { } value && value.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture)) output.Write(text[..length]);
    }

    static void Number(decimal value, Span<char> buffer, TextWriter output)
    {
        output.Write(',');
        // Whole numbers, most of them, need no format.
        value.TryFormat(buffer, out var length, value.Scale == 0 ? default : Exact, CultureInfo.InvariantCulture);
        output.Write(buffer[..length]);
    }

    static void Yuan(Money money, Span<char> buffer, TextWriter output)
    {
        output.Write(money.Fen < 0 ? ",-" : ",");
        var (yuan, fen) = Math.DivRem(Math.Abs(money.Fen), 100);
        yuan.TryFormat(buffer, out var length, default, CultureInfo.InvariantCulture);
        buffer[length++] = '.';
        buffer[length++] = (char)('0' + fen / 10);
        buffer[length++] = (char)('0' + fen % 10);
        output.Write(buffer[..length]);
    }

    /// <summary>One kind of line of one bill; where it stands more than once (a price that changed), quantities and amounts are added and the prices named one after another.</summary>
    struct Cell
    {
        decimal quantity, price;
        Money amount;
        string? prices;
        bool any;

        public void Add(in RatedLine line)
        {
            quantity += line.Quantity;
            amount += line.Amount;
            if (any && line.Price != price) prices = $"{prices ?? price.ToString(Exact, CultureInfo.InvariantCulture)} {line.Price.ToString(Exact, CultureInfo.InvariantCulture)}";
            price = line.Price;
            any = true;
        }

        public readonly void Write(Span<char> number, TextWriter output)
        {
            if (!any) { output.Write(",,,"); return; }
            Number(quantity, number, output);
            if (prices is null) Number(price, number, output);
            else { output.Write(','); output.Write(prices); }
            Yuan(amount, number, output);
        }
    }
}
