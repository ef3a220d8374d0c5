using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>A statement in ISO 20022 camt.053, any version: booked entries, their references, opening and closing balance, totals.</summary>
static class Camt053
{
    /// <summary>Characters of one file.</summary>
    private const long MostCharacters = 64L * 1024 * 1024;

    public static bool Is(string text) => text.TrimStart().StartsWith('<') && text.Contains("BkToCstmrStmt", StringComparison.Ordinal);

    /// <exception cref="Refused">file.not_a_table</exception>
    public static StatementRead Read(string text, DateOnly today)
    {
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException)
        {
            throw new Refused("file.not_a_table") { Field = "File" };
        }

        var read = new StatementRead { Layout = "camt053", Kind = MoneyAccountKind.Bank, Format = "camt.053" };
        var lines = new List<ReadLine>();
        foreach (var statement in document.Descendants().Where(e => e.Name.LocalName == "Stmt"))
        {
            var account = At(statement, "Acct", "Id", "IBAN") ?? At(statement, "Acct", "Id", "Othr", "Id");
            if (read.Account is not null && account is not null && !AccountNumbers.MayBeSame(account, read.Account)) read.Mistake(LineOf(statement), "statement.several_accounts", account, read.Account);
            read.Account ??= account;
            Statement(statement, lines, read, today);
        }

        if (lines.Count == 0 && read.Skipped == 0 && read.MistakeCount == 0) read.Mistake(1, "file.no_lines");
        read.Lines = [.. lines.OrderBy(l => l.Day)];
        return read;
    }

    private static void Statement(XElement statement, List<ReadLine> lines, StatementRead read, DateOnly today)
    {
        var (opening, closing) = (Balance(statement, read, "OPBD", "PRCD"), Balance(statement, read, "CLBD"));
        var from = lines.Count;
        foreach (var entry in Children(statement, "Ntry")) Entry(entry, lines, read, today);
        var net = lines.Skip(from).Sum(l => l.AmountFen);
        read.OpeningFen ??= opening;
        read.ClosingFen = closing ?? read.ClosingFen;
        if (read.MistakeCount > 0) return;
        if (opening is { } start && closing is { } end)
        {
            if (start + net != end) read.Mistake(LineOf(statement), "statement.closing_differs", new Money(end).ToString(), new Money(start + net).ToString());
            else read.BalancesRun = true;
        }

        Total(At(statement, "TxsSummry", "TtlNtries", "NbOfNtries"), lines.Count - from + read.Skipped, isCount: true);
        Total(At(statement, "TxsSummry", "TtlCdtNtries", "Sum"), lines.Skip(from).Where(l => l.AmountFen > 0).Sum(l => l.AmountFen), isCount: false);
        Total(At(statement, "TxsSummry", "TtlDbtNtries", "Sum"), -lines.Skip(from).Where(l => l.AmountFen < 0).Sum(l => l.AmountFen), isCount: false);

        void Total(string? said, long found, bool isCount)
        {
            if (said is null || !CellText.TryFen(said, out var fen) || fen is not { } figure) return;
            read.Totals++;
            if (figure == (isCount ? found * 100 : found)) return;
            if (isCount) read.Mistake(LineOf(statement), "statement.count_differs", said, found.ToString(CultureInfo.InvariantCulture));
            else read.Mistake(LineOf(statement), "statement.sum_differs", new Money(figure).ToString(), new Money(found).ToString());
        }
    }

    private static void Entry(XElement entry, List<ReadLine> lines, StatementRead read, DateOnly today)
    {
        var line = LineOf(entry);
        var status = At(entry, "Sts", "Cd") ?? At(entry, "Sts");
        if (status is not (null or "BOOK"))
        {
            read.Skipped++;
            return;
        }

        var amount = Children(entry, "Amt").FirstOrDefault();
        if (amount is null || !CellText.TryFen(amount.Value, out var fen) || fen is not { } figure) { read.Mistake(line, "statement.amount_wrong", amount?.Value ?? ""); return; }
        if (amount.Attribute("Ccy")?.Value is { } currency && !Directions.IsYuan(currency)) { read.Mistake(line, "statement.currency", currency); return; }
        var side = At(entry, "CdtDbtInd");
        if (side is not ("CRDT" or "DBIT")) { read.Mistake(line, "statement.direction_unknown", side ?? ""); return; }
        var date = At(entry, "BookgDt", "Dt") ?? At(entry, "BookgDt", "DtTm") ?? At(entry, "ValDt", "Dt") ?? At(entry, "ValDt", "DtTm");
        if (!CellText.TryMoment(date, out var day, out var time)) { read.Mistake(line, "statement.day_wrong", date ?? ""); return; }
        if (day > today.AddDays(1)) { read.Mistake(line, "statement.day_future", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); return; }
        if (figure == 0)
        {
            read.Skipped++;
            return;
        }

        // The side already says which way a correction goes.
        var detail = entry.Descendants().Where(e => e.Name.LocalName == "TxDtls").ToList();
        var first = detail.FirstOrDefault();
        var order = detail.Count == 1 ? At(first!, "Refs", "EndToEndId") ?? At(first!, "Refs", "InstrId") : null;
        var party = side == "CRDT" ? first?.Descendants().FirstOrDefault(e => e.Name.LocalName == "Dbtr") : first?.Descendants().FirstOrDefault(e => e.Name.LocalName == "Cdtr");
        var name = party?.Descendants().FirstOrDefault(e => e.Name.LocalName == "Nm")?.Value ?? "";
        var note = string.Join(' ', detail.SelectMany(d => d.Descendants().Where(e => e.Name.LocalName is "Ustrd")).Select(e => e.Value).Append(At(entry, "AddtlNtryInf") ?? "")).Trim();
        lines.Add(new(line, day, time, side == "CRDT" ? figure : -figure, null, null, Cut(At(entry, "AcctSvcrRef") ?? At(first, "Refs", "AcctSvcrRef") ?? At(entry, "NtryRef") ?? "", 64),
            Cut(order is "NOTPROVIDED" ? "" : order ?? "", 64), Cut(name, 100), "", Cut(note, 200)));
    }

    private static long? Balance(XElement statement, StatementRead read, params string[] codes)
    {
        var found = codes.Select(code => Children(statement, "Bal").FirstOrDefault(b => At(b, "Tp", "CdOrPrtry", "Cd") == code)).FirstOrDefault(b => b is not null);
        if (found is null || Children(found, "Amt").FirstOrDefault() is not { } amount) return null;
        if (CellText.TryFen(amount.Value, out var fen) && fen is { } figure) return At(found, "CdtDbtInd") == "DBIT" ? -figure : figure;
        read.Mistake(LineOf(found), "statement.amount_wrong", amount.Value);
        return null;
    }

    private static IEnumerable<XElement> Children(XElement parent, string name) => parent.Elements().Where(e => e.Name.LocalName == name);

    private static string? At(XElement? from, params string[] path)
    {
        foreach (var name in path) from = from is null ? null : Children(from, name).FirstOrDefault();
        return from is null || from.HasElements ? null : from.Value.Trim();
    }

    private static int LineOf(XElement element) => element is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 1;

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
