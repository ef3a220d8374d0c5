using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>Reads a statement's file whole: what bank it is of, where its heading is, every line, its totals and its running balance. Nothing is written here.</summary>
public sealed class StatementReader(StatementLayouts layouts)
{
    /// <summary>Most lines of one file.</summary>
    public const int MostLines = 250_000;

    /// <param name="today">Lines of later days are mistakes.</param>
    /// <exception cref="Refused">file.*; statement.layout_unknown: no heading was found</exception>
    public StatementRead Read(byte[] content, DateOnly today)
    {
        var file = SheetFile.Open(content);
        if (file.Encoding is not { } encoding) return Of([.. StatementRows.OfSheet(file)], file.Format, today);
        var text = encoding.GetString(content).TrimStart('\uFEFF');
        if (Camt053.Is(text)) return Camt053.Read(text, today);
        if (StatementRows.IsPage(text)) return Of([.. StatementRows.OfPage(text)], "HTML", today);
        var start = text.AsSpan(0, Math.Min(text.Length, 60_000)).ToString();
        var separator = StatementRows.Separators.Select(s => (Separator: s, Heading: StatementHeading.Find([.. StatementRows.OfText(start, s).Take(100)], layouts)))
            .Where(s => s.Heading is not null).OrderByDescending(s => s.Heading!.Score).Select(s => (char?)s.Separator).FirstOrDefault();
        if (separator is null) throw new Refused("statement.layout_unknown") { Field = "File" };
        return Of([.. StatementRows.OfText(text, separator.Value)], file.Format, today);
    }

    private StatementRead Of(List<StatementRow> rows, string format, DateOnly today)
    {
        var heading = StatementHeading.Find(rows, layouts) ?? throw new Refused("statement.layout_unknown") { Field = "File" };
        var read = new StatementRead { Layout = heading.Layout.Code, Kind = heading.Layout.Kind, Format = format };
        Refused.IfField(rows.Count > MostLines, "File", "file.too_many_lines", MostLines);
        var directions = new Directions(heading.Layout, layouts.Common);
        var summary = new StatementTotals();
        foreach (var row in rows.Take(heading.Row)) summary.Hear(row, heading);
        summary.IsAbove = false;
        var raw = new List<RawLine>(rows.Count);
        for (var i = heading.Row + heading.Rows; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.IsEmpty) continue;
            if (Moment(heading, row) is { } moment) Line(heading, directions, row, moment, raw, read, today);
            else if (heading.IsAgain(row)) continue;
            else if (summary.Hear(row, heading)) continue;
            else if (HasMoney(heading, row)) read.Mistake(row.Line, "statement.day_wrong", Cut(heading.Text(row, heading.Has(ColumnRole.Day) ? ColumnRole.Day : ColumnRole.Time)));
        }

        if (raw.Count == 0 && read.Skipped == 0 && read.MistakeCount == 0) read.Mistake(heading.Row + heading.Rows, "file.no_lines");
        Account(heading, rows, raw, summary, read);
        StatementOrder.Settle(raw, read, summary);
        summary.Compare(raw.Count + read.Skipped, read);
        return read;
    }

    /// <summary>The line's day and time; null: it is no line.</summary>
    private static (DateOnly Day, TimeOnly? Time)? Moment(StatementHeading heading, StatementRow row)
    {
        foreach (var role in new[] { ColumnRole.Day, ColumnRole.Time })
        {
            if (!heading.Has(role) || !CellText.TryMoment(heading.Cell(row, role), out var day, out var time)) continue;
            return (day, time ?? (role == ColumnRole.Day && heading.Has(ColumnRole.Time) ? TimeOf(heading.Cell(row, ColumnRole.Time)) : null));
        }

        return null;
    }

    private static TimeOnly? TimeOf(object? cell) => CellText.TryMoment(cell, out _, out var time) ? time : CellText.Clock(cell);

    private static bool HasMoney(StatementHeading heading, StatementRow row) =>
        new[] { ColumnRole.In, ColumnRole.Out, ColumnRole.Amount }.Any(r => CellText.TryFen(heading.Cell(row, r), out var fen) && fen is not null);

    private static void Line(StatementHeading heading, Directions directions, StatementRow row, (DateOnly Day, TimeOnly? Time) moment, List<RawLine> raw, StatementRead read, DateOnly today)
    {
        var before = read.MistakeCount;
        long? Fen(ColumnRole role)
        {
            if (CellText.TryFen(heading.Cell(row, role), out var fen)) return fen;
            read.Mistake(row.Line, "statement.amount_wrong", Cut(heading.Text(row, role)));
            return null;
        }

        if (moment.Day > today.AddDays(1)) read.Mistake(row.Line, "statement.day_future", moment.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (heading.Text(row, ColumnRole.Currency) is { Length: > 0 } currency && !Directions.IsYuan(currency)) read.Mistake(row.Line, "statement.currency", Cut(currency));
        var (moneyIn, moneyOut, amount, refund) = (Fen(ColumnRole.In), Fen(ColumnRole.Out), Fen(ColumnRole.Amount), Fen(ColumnRole.Refund));
        var (balance, fee) = (Fen(ColumnRole.Balance), Fen(ColumnRole.Fee));
        if (read.MistakeCount > before) return;

        var word = heading.Text(row, ColumnRole.Direction);
        var direction = directions.Of(word);
        var hasSides = moneyIn is not (null or 0) || moneyOut is not (null or 0);
        if (directions.Skips(heading.Text(row, ColumnRole.Status)) || !hasSides && (direction == Direction.Neutral || directions.Skips(word)))
        {
            read.Skipped++;
            return;
        }

        // WeChat's file has what was paid and what was given back in two columns, and says by the state which one it is.
        if (direction == Direction.Out && refund is > 0 or < 0) amount = refund;
        if (moneyIn is not (null or 0) && moneyOut is not (null or 0))
        {
            read.Mistake(row.Line, "statement.both_sides", new Money(moneyIn!.Value).ToString(), new Money(moneyOut!.Value).ToString());
            return;
        }

        if (!hasSides && amount is null && moneyIn is null && moneyOut is null)
        {
            read.Mistake(row.Line, "statement.amount_missing");
            return;
        }

        if (!hasSides && amount is null or 0)
        {
            read.Skipped++;
            return;
        }

        if (!hasSides && heading.Has(ColumnRole.Direction) && direction == Direction.Unknown && word.Length > 0)
        {
            read.Mistake(row.Line, "statement.direction_unknown", Cut(word));
            return;
        }

        raw.Add(new(row.Line, moment.Day, moment.Time, hasSides ? moneyIn ?? 0 : 0, hasSides ? moneyOut ?? 0 : 0, hasSides ? 0 : amount!.Value, hasSides ? Direction.Unknown : direction, fee, balance,
            heading.Text(row, ColumnRole.Reference), heading.Text(row, ColumnRole.OrderReference), heading.Text(row, ColumnRole.Party), heading.Text(row, ColumnRole.Payer), heading.Text(row, ColumnRole.Payee),
            heading.Text(row, ColumnRole.PartyAccount), heading.Text(row, ColumnRole.Note), heading.Text(row, ColumnRole.Account)));
    }

    private static void Account(StatementHeading heading, List<StatementRow> rows, List<RawLine> raw, StatementTotals summary, StatementRead read)
    {
        read.Account = summary.Account;
        if (!heading.Has(ColumnRole.Account)) return;
        foreach (var line in raw.Where(l => l.Account.Length > 0))
        {
            read.Account ??= line.Account;
            if (line.Account == read.Account || AccountNumbers.MayBeSame(line.Account, read.Account)) continue;
            read.Mistake(line.Line, "statement.several_accounts", Cut(line.Account), Cut(read.Account));
            return;
        }
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40];
}

/// <summary>Numbers of accounts, which a statement may mask: 6222****1234.</summary>
public static class AccountNumbers
{
    public static bool MayBeSame(string one, string other)
    {
        var (a, b) = (Plain(one), Plain(other));
        if (a == b) return true;
        var masked = a.Contains('*', StringComparison.Ordinal) ? a : b.Contains('*', StringComparison.Ordinal) ? b : null;
        if (masked is null) return false;
        var whole = masked == a ? b : a;
        var parts = masked.Split('*');
        return whole.StartsWith(parts[0], StringComparison.Ordinal) && whole.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private static string Plain(string number) => string.Concat(number.Where(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '@' or '.')).ToLowerInvariant();
}

enum Direction { Unknown, In, Out, Neutral }

/// <summary>A line before it is known whether an amount below zero is money out or a correction.</summary>
sealed record RawLine(int Line, DateOnly Day, TimeOnly? Time, long In, long Out, long Amount, Direction Direction, long? Fee, long? Balance,
    string Reference, string OrderReference, string Party, string Payer, string Payee, string PartyAccount, string Note, string Account);

/// <summary>Words for in, out, neither, and for states without money.</summary>
sealed class Directions(StatementLayout layout, StatementLayout common)
{
    public Direction Of(string word)
    {
        if (word.Length == 0) return Direction.Unknown;
        var plain = CellText.WithoutBrackets(CellText.Heading(word));
        foreach (var from in new[] { layout, common })
        {
            if (from.In.Contains(plain)) return Direction.In;
            if (from.Out.Contains(plain)) return Direction.Out;
            if (from.Neutral.Contains(plain)) return Direction.Neutral;
        }

        return Direction.Unknown;
    }

    public bool Skips(string status) => status.Length > 0 && CellText.Heading(status) is var plain && (layout.Skip.Contains(plain) || common.Skip.Contains(plain));

    public static bool IsYuan(string currency) => StatementWords.Yuan.Contains(CellText.Heading(currency));
}
