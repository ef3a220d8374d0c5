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
        if (IsAbove && Account is null && AccountNumber().Match(text) is { Success: true } account) Account = account.Groups[1].Value;
        if (Values(row)) return true;
        var heard = false;
        foreach (Match sum in CountAndSum().Matches(compact)) heard |= Side(row.Line, sum.Groups[1].Value, sum.Groups[2].Value, sum.Groups[3].Value);
        foreach (Match sum in LabelledSum().Matches(compact)) heard |= Side(row.Line, sum.Groups[1].Value, "", sum.Groups[2].Value);
        foreach (Match count in LabelledCount().Matches(compact)) heard |= Side(row.Line, count.Groups[1].Value, count.Groups[2].Value, "");
        if (All().Match(compact) is { Success: true } all) heard |= Add(row.Line, "count", all.Groups[1].Success ? all.Groups[1].Value : all.Groups[2].Value);
        if (OpeningBalance().Match(compact) is { Success: true } opening && Fen(opening.Groups[1].Value) is { } from) (Opening, heard) = (new(row.Line, from), true);
        if (ClosingBalance().Match(compact) is { Success: true } closing && Fen(closing.Groups[1].Value) is { } to) (Closing, heard) = (new(row.Line, to), true);
        if (heard) return true;
        heard = Pairs(row) | TableSum(row, heading);
        return heard || Remark().IsMatch(compact) || row.Cells.Count(c => CellText.Clean(c).Length > 0) <= 1;
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
        var what = side is "收入" or "贷方" or "贷" or "交易" or "入账" or "转入" or "存入" ? "in" : "out";
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

    private static string? WhatOf(string name) => name switch
    {
        "总交易单数" or "总笔数" or "资金流水总笔数" or "合计笔数" or "总记录数" or "交易笔数" => "count",
        "收入笔数" or "贷方笔数" or "贷方总笔数" or "收入总笔数" or "贷方合计笔数" or "转入总笔数" => "in.count",
        "支出笔数" or "借方笔数" or "借方总笔数" or "支出总笔数" or "借方合计笔数" or "转出总笔数" => "out.count",
        "应结订单总金额" or "收入金额" or "收入合计" or "收入总金额" or "收入总额" or "贷方总金额" or "贷方合计" or "贷方合计金额" or "贷方发生额合计" or "贷方总额" or "总收入" or "总收入金额" or "转入总金额" => "in",
        "退款总金额" or "支出金额" or "支出合计" or "支出总金额" or "支出总额" or "借方总金额" or "借方合计" or "借方合计金额" or "借方发生额合计" or "借方总额" or "总支出" or "总支出金额" or "转出总金额" => "out",
        "期初余额" or "上期余额" or "承前余额" => "opening",
        "期末余额" or "本期余额" or "结束余额" => "closing",
        _ => null,
    };

    /// <summary>合计 at the beginning of a row, sums in the columns of the lines.</summary>
    private bool TableSum(StatementRow row, StatementHeading heading)
    {
        var first = row.Cells.Select(CellText.Heading).FirstOrDefault(c => c.Length > 0) ?? "";
        if (first is not ("合计" or "总计" or "总合计" or "合计金额" or "total" or "本账户合计")) return Remark().IsMatch(first);
        foreach (var (role, what) in new[] { (ColumnRole.In, "in"), (ColumnRole.Out, "out"), (ColumnRole.Amount, "sum") })
            if (heading.Has(role) && CellText.TryFen(heading.Cell(row, role), out var fen) && fen is { } figure) Keep(row.Line, what, figure);
        return true;
    }

    private static long? Fen(string text) => CellText.TryFen(text, out var fen) ? fen : null;

    [GeneratedRegex(@"(?<=\d),(?=\d{3})")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?:账号|帐号|卡号|账户号码|账户|商户号|支付宝账户)\s*(?:[(\[][^)\]]{0,30}[)\]])?\s*[::]?\s*\[?\s*((?=[0-9A-Za-z@.*_\-]*\d)[0-9A-Za-z@.*_\-]{6,40})")]
    private static partial Regex AccountNumber();

    [GeneratedRegex(@"(收入|贷方|支出|借方|(?<!中性)交易|退款|转入|转出|入账|存入)(?:发生额|交易|金额)?(?:合计|总计|总额|总金额|汇总)?[::]?(\d+)笔[,,;;、共计]*[^\d\-+,,;;笔]{0,8}?([-+]?\d+(?:\.\d{1,2})?)元")]
    private static partial Regex CountAndSum();

    [GeneratedRegex(@"(收入|贷方|支出|借方|转入|转出)(?:发生额|交易|金额)?(?:合计|总计|总额|总金额)(?:金额|发生额)?(?:[((](?:元|人民币)[))])?[::][¥]?([-+]?\d+(?:\.\d{1,2})?)(?!\d*笔)")]
    private static partial Regex LabelledSum();

    [GeneratedRegex(@"(收入|贷方|支出|借方|转入|转出)(?:交易)?(?:总|合计)?笔数(?:合计)?[::](\d+)")]
    private static partial Regex LabelledCount();

    [GeneratedRegex(@"^#?(?:(?:总笔数|总记录数|合计笔数)[::](\d+)|共计?(\d+)(?:笔|条))")]
    private static partial Regex All();

    [GeneratedRegex(@"(?:期初|上期|承前|上日|起始)余额[::]¥?([-+]?\d+(?:\.\d{1,2})?)")]
    private static partial Regex OpeningBalance();

    [GeneratedRegex(@"(?:期末|本期末|结束|截止)余额[::]¥?([-+]?\d+(?:\.\d{1,2})?)")]
    private static partial Regex ClosingBalance();

    [GeneratedRegex(@"^[#\-=*_]{1,}|^(?:合计|总计|小计|本页|累计|共\d|共计|汇总|导出|打印|下载|制表|复核|备注|说明|注[::]|特别|温馨|提示|以上|本对账单|此对账单|期初|期末|承前|过次页|第\d+页|页码|查询|户名|币种|起止|起始|截止|统计|交易合计|退款合计|收入|支出|借方|贷方|total|page|opening|closing)", RegexOptions.IgnoreCase)]
    private static partial Regex Remark();
}
