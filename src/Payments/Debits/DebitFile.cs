using System.Globalization;
using System.Text;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>A batch as the bank's file wants it, and the bank's answer as lines. Pure.</summary>
static class DebitFile
{
    private const string LineEnd = "\r\n";

    /// <param name="Collected">Null: not a number.</param>
    public sealed record Answer(int Line, string Reference, string? Account, Money? Asked, Money? Collected, string Code);

    public static string Reference(DebitBatch batch, DebitItem item) => Reference(batch.Number, item.Sequence);

    public static string Reference(string batch, int sequence) => string.Create(CultureInfo.InvariantCulture, $"{batch}{sequence:D5}");

    public static string NameOf(DebitBank bank, DebitBatch batch) => bank.FileName.Replace("{bank}", bank.Code, StringComparison.Ordinal)
        .Replace("{date}", batch.CollectOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{batch}", batch.Number, StringComparison.Ordinal);

    public static byte[] Write(DebitBank bank, DebitBatch batch, IEnumerable<DebitItem> items)
    {
        var text = new StringBuilder();
        if (bank.Head.Count > 0) text.Append(Line(bank, bank.Head, c => Value(c, batch, null))).Append(LineEnd);
        foreach (var item in items.OrderBy(i => i.Sequence)) text.Append(Line(bank, bank.Lines, c => Value(c, batch, item))).Append(LineEnd);
        return bank.Encoding.GetBytes(text.ToString());
    }

    /// <summary>The lines of an answer; null in a place: the line has not all its fields.</summary>
    public static IEnumerable<(int Line, Answer? Answer)> Read(DebitBank bank, byte[] content)
    {
        var lines = bank.Encoding.GetString(content).TrimStart('\uFEFF').Split('\n');
        for (var i = bank.SkipBack; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Trim().Length > 0) yield return (i + 1, Fields(bank, line) is { } fields ? Of(bank, i + 1, fields) : null);
        }
    }

    private static Answer Of(DebitBank bank, int line, IReadOnlyList<string> fields)
    {
        string? Field(string name) => bank.Back.Select((c, i) => c.Field == name ? fields[i].Trim() : null).FirstOrDefault(f => f is not null);
        Money? Sum(string name) =>
            Field(name + "_fen") is { } fen ? long.TryParse(fen, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? new(whole) : null
            : Field(name + "_yuan") is { } yuan && decimal.TryParse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * 100 == decimal.Truncate(value * 100) ? Money.OfYuan(value) : null;
        return new(line, Field("reference")!, Field("account"), Sum("asked"), Sum("collected"), Field("code")!);
    }

    private static List<string>? Fields(DebitBank bank, string line)
    {
        if (bank.SeparatorBack.Length > 0)
        {
            var parts = line.Split(bank.SeparatorBack);
            return parts.Length >= bank.Back.Count ? [.. parts.Take(bank.Back.Count)] : null;
        }

        var bytes = bank.Encoding.GetBytes(line);
        if (bytes.Length < bank.Back.Sum(c => c.Width)) return null;
        var (fields, from) = (new List<string>(), 0);
        foreach (var column in bank.Back)
        {
            fields.Add(bank.Encoding.GetString(bytes, from, column.Width));
            from += column.Width;
        }

        return fields;
    }

    private static string Line(DebitBank bank, IReadOnlyList<DebitColumn> columns, Func<DebitColumn, string> value) => string.Join(bank.Separator, columns.Select(c => Fit(bank, c, value(c))));

    /// <summary>A column is as wide as the bank counts: in bytes. What is too long loses its end, but no number does: that would be another one.</summary>
    private static string Fit(DebitBank bank, DebitColumn column, string value)
    {
        if (bank.Separator.Length > 0) value = value.Replace(bank.Separator, " ", StringComparison.Ordinal);
        if (column.Width == 0) return value;
        while (bank.Encoding.GetByteCount(value) > column.Width)
        {
            Refused.If(column.Field != "holder" && column.Field != "text", "debit.column_too_narrow", column.Field, value, column.Width);
            value = value[..^1];
        }

        var fill = new string(column.HasZeros ? '0' : ' ', column.Width - bank.Encoding.GetByteCount(value));
        return column.HasZeros || column.IsRight ? fill + value : value + fill;
    }

    private static string Value(DebitColumn column, DebitBatch batch, DebitItem? item) => column.Field switch
    {
        "sequence" => Number(item?.Sequence ?? 0),
        "reference" => item is null ? "" : Reference(batch, item),
        "account" => item?.BankAccount ?? "",
        "holder" => item?.Holder ?? "",
        "amount_fen" => Number(item?.AmountFen ?? 0),
        "amount_yuan" => Yuan(item?.Amount ?? Money.Zero),
        "date" => batch.CollectOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "batch" => batch.Number,
        "count" => Number(batch.Items),
        "total_fen" => Number(batch.TotalFen),
        "total_yuan" => Yuan(batch.Total),
        _ => column.Text,
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Yuan(Money amount) => amount.Yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
