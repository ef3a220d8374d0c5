using System.Globalization;
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
            Number(bill.Total.Yuan, "0.00", number, output);
            Number(bill.CountedKwh, Exact, number, output);
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
        var before = cancels.Sum(b => b.Total.Yuan);
        Number(before, "0.00", number, output);
        Number(row.Bill.Total.Yuan - before, "0.00", number, output);
    }

    static void Day(DateOnly? day, TextWriter output)
    {
        output.Write(',');
        Span<char> text = stackalloc char[10];
        if (day is { } value && value.TryFormat(text, out var length, "yyyy-MM-dd", CultureInfo.InvariantCulture)) output.Write(text[..length]);
    }

    static void Number(decimal value, string format, Span<char> buffer, TextWriter output)
    {
        output.Write(',');
        value.TryFormat(buffer, out var length, format, CultureInfo.InvariantCulture);
        output.Write(buffer[..length]);
    }

    /// <summary>One kind of line of one bill; where it stands more than once (a price that changed), quantities and amounts are added and the prices named one after another.</summary>
    struct Cell
    {
        decimal quantity, amount, price;
        string? prices;
        bool any;

        public void Add(in RatedLine line)
        {
            quantity += line.Quantity;
            amount += line.Amount.Yuan;
            if (any && line.Price != price) prices = $"{prices ?? price.ToString(Exact, CultureInfo.InvariantCulture)} {line.Price.ToString(Exact, CultureInfo.InvariantCulture)}";
            price = line.Price;
            any = true;
        }

        public readonly void Write(Span<char> number, TextWriter output)
        {
            if (!any) { output.Write(",,,"); return; }
            Number(quantity, Exact, number, output);
            if (prices is null) Number(price, Exact, number, output);
            else { output.Write(','); output.Write(prices); }
            Number(amount, "0.00", number, output);
        }
    }
}
