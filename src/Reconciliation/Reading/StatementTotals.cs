using System.Globalization;
using System.Text.RegularExpressions;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>What a statement says of itself above and below its lines: account, numbers and sums of lines, opening and closing balance. Compared with the lines; only
/// what is said plainly counts, so that a remark is never taken for a sum.</summary>
sealed partial class StatementTotals
{
    /// <summary>A figure and where it stands.</summary>
    public sealed record Said(int Line, long Fen);

    private static readonly Regex AccountNumber = StatementWords.Pattern("account_number");
    private static readonly Regex CountAndSum = StatementWords.Pattern("count_and_sum");
    private static readonly Regex LabelledSum = StatementWords.Pattern("labelled_sum");
    private static readonly Regex LabelledCount = StatementWords.Pattern("labelled_count");
    private static readonly Regex All = StatementWords.Pattern("all_lines");
    private static readonly Regex OpeningBalance = StatementWords.Pattern("opening_balance");
    private static readonly Regex ClosingBalance = StatementWords.Pattern("closing_balance");
    private static readonly Regex Remark = StatementWords.Pattern("remark");

    private readonly List<(int Line, string What, long Figure)> _said = [];
    private IReadOnlyList<string>? _labels;

    /// <summary>Until the first line: there the account's own number stands.</summary>
    public bool IsAbove { get; set; } = true;

    public string? Account { get; private set; }
    public Said? Opening { get; private set; }
    public Said? Closing { get; private set; }

    /// <summary>Listens to a row that is no line.</summary>
    /// <returns>True: the row says something of the whole, or is a remark.</returns>
    public bool Hear(StatementRow row, StatementHeading heading)
    {
        var text = Thousands().Replace(row.Joined, "");
        var compact = Blank().Replace(text, "");
        if (IsAbove && Account is null && AccountNumber.Match(text) is { Success: true } account) Account = account.Groups[1].Value;
        if (Values(row)) return true;
        var heard = false;
        foreach (Match sum in CountAndSum.Matches(compact)) heard |= Side(row.Line, sum.Groups[1].Value, sum.Groups[2].Value, sum.Groups[3].Value);
        foreach (Match sum in LabelledSum.Matches(compact)) heard |= Side(row.Line, sum.Groups[1].Value, "", sum.Groups[2].Value);
        foreach (Match count in LabelledCount.Matches(compact)) heard |= Side(row.Line, count.Groups[1].Value, count.Groups[2].Value, "");
        if (All.Match(compact) is { Success: true } all) heard |= Add(row.Line, "count", all.Groups[1].Success ? all.Groups[1].Value : all.Groups[2].Value);
        if (OpeningBalance.Match(compact) is { Success: true } opening && Fen(opening.Groups[1].Value) is { } from) (Opening, heard) = (new(row.Line, from), true);
        if (ClosingBalance.Match(compact) is { Success: true } closing && Fen(closing.Groups[1].Value) is { } to) (Closing, heard) = (new(row.Line, to), true);
        if (heard) return true;
        heard = Pairs(row) | TableSum(row, heading);
        return heard || Remark.IsMatch(compact) || row.Cells.Count(c => CellText.Clean(c).Length > 0) <= 1;
    }

    /// <summary>Compares what was said with the lines.</summary>
    /// <param name="rows">Lines, those without money included.</param>
    public void Compare(int rows, StatementRead read)
    {
        if (read.MistakeCount > 0) return;
        var (ins, outs) = (read.Lines.Count(l => l.AmountFen > 0), read.Lines.Count(l => l.AmountFen < 0));
        foreach (var (line, what, figure) in _said)
        {
            long[] found = what switch
            {
                "count" => [rows, read.Lines.Count, ins + outs],
                "in.count" => [ins],
                "out.count" => [outs],
                "in" => [read.InFen, read.InFen - read.OutFen],
                "out" => [read.OutFen],
                _ => [read.InFen - read.OutFen, read.InFen + read.OutFen, read.InFen, read.OutFen - read.InFen],
            };
            read.Totals++;
            if (found.Contains(figure) || found.Contains(-figure)) continue;
            if (what is "count" or "in.count" or "out.count") read.Mistake(line, "statement.count_differs", figure.ToString(CultureInfo.InvariantCulture), found[0].ToString(CultureInfo.InvariantCulture));
            else read.Mistake(line, "statement.sum_differs", new Money(figure).ToString(), new Money(found[0]).ToString());
        }

        if (Opening is { } opening && read.Lines is [{ BalanceFen: { } first } line1, ..] && first - line1.AmountFen != opening.Fen)
            read.Mistake(opening.Line, "statement.opening_differs", new Money(opening.Fen).ToString(), new Money(first - line1.AmountFen).ToString());
        if (Closing is { } closing && (read.Lines is [.., { BalanceFen: { } end }] ? end : Opening is { } from ? from.Fen + read.InFen - read.OutFen : closing.Fen) is var reached && reached != closing.Fen)
            read.Mistake(closing.Line, "statement.closing_differs", new Money(closing.Fen).ToString(), new Money(reached).ToString());
    }

    private bool Side(int line, string side, string count, string sum)
    {
        var what = StatementWords.SidesIn.Contains(side) ? "in" : "out";
        return Add(line, what + ".count", count) | (sum.Length > 0 && Fen(sum) is { } fen && Keep(line, what, fen));
    }

    private bool Add(int line, string what, string count) => count.Length > 0 && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Keep(line, what, number);

    private bool Keep(int line, string what, long figure)
    {
        _said.Add((line, what, figure));
        return true;
    }

    /// <summary>Names in one row, their figures in the next, as WeChat ends its file.</summary>
    private bool Values(StatementRow row)
    {
        if (_labels is { } labels)
        {
            _labels = null;
            for (var i = 0; i < Math.Min(labels.Count, row.Cells.Count); i++) Label(row.Line, labels[i], row.Cells[i]);
            return true;
        }

        var names = row.Cells.Select(CellText.Heading).ToList();
        if (names.Count(n => WhatOf(n) is not null) < 2 || row.Cells.Any(c => CellText.Clean(c).Length > 0 && CellText.TryFen(c, out var fen) && fen is not null)) return false;
        _labels = names;
        return true;
    }

    /// <summary>借方总金额 in one cell, its figure in the next.</summary>
    private bool Pairs(StatementRow row)
    {
        var heard = false;
        for (var i = 0; i + 1 < row.Cells.Count; i++) heard |= Label(row.Line, CellText.Heading(row.Cells[i]), row.Cells[i + 1]);
        return heard;
    }

    private bool Label(int line, string name, object? cell)
    {
        if (WhatOf(name) is not { } what || !CellText.TryFen(cell, out var fen) || fen is not { } figure) return false;
        switch (what)
        {
            case "opening": Opening = new(line, figure); return true;
            case "closing": Closing = new(line, figure); return true;
            default: return Keep(line, what, what.EndsWith("count", StringComparison.Ordinal) ? figure / 100 : figure);
        }
    }

    private static string? WhatOf(string name) => StatementWords.Figures.GetValueOrDefault(name);

    /// <summary>合计 at the beginning of a row, sums in the columns of the lines.</summary>
    private bool TableSum(StatementRow row, StatementHeading heading)
    {
        var first = row.Cells.Select(CellText.Heading).FirstOrDefault(c => c.Length > 0) ?? "";
        if (!StatementWords.SumRows.Contains(first)) return Remark.IsMatch(first);
        foreach (var (role, what) in new[] { (ColumnRole.In, "in"), (ColumnRole.Out, "out"), (ColumnRole.Amount, "sum") })
            if (heading.Has(role) && CellText.TryFen(heading.Cell(row, role), out var fen) && fen is { } figure) Keep(row.Line, what, figure);
        return true;
    }

    private static long? Fen(string text) => CellText.TryFen(text, out var fen) ? fen : null;

    [GeneratedRegex(@"(?<=\d),(?=\d{3})")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();
}
