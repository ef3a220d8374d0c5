using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>导入对账单: a file is read and checked whole; without a mistake its new lines are written and compared with the books, with one nothing is. Lines that are there
/// already, from this file or another, add nothing.</summary>
public sealed class ImportStatement(Work work, HallDb reading, StatementReader reader, Matching matching, Current current, TimeProvider clock)
{
    [Needs("bank.import")]
    public sealed record Command(Guid RequestId, Guid MoneyAccountId, string FileName, string ContentHash) : ICommand;

    /// <param name="NewLines">Written; the others were there.</param>
    /// <param name="Mistakes">Above 0: nothing was written.</param>
    /// <param name="Findings">Differences found by comparing.</param>
    public sealed record Imported(Guid StatementId, string Layout, int Lines, int NewLines, int Mistakes, int Matched, int Findings);

    /// <param name="accountId">Null: told by the file itself.</param>
    /// <exception cref="Refused">file.*; statement.layout_unknown; statement.account_unclear; money_account.not_found; statement.other_kind</exception>
    public async Task<Imported> Handle(Guid requestId, Guid? accountId, string fileName, byte[] content, CancellationToken ct = default)
    {
        current.Require("bank.import");
        var read = reader.Read(content, DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime)));
        var account = await AccountOf(read, accountId, ct);
        Refused.IfField(read.Layout != StatementLayout.Common && (read.Kind == MoneyAccountKind.Bank) != (account.Kind == MoneyAccountKind.Bank), "MoneyAccountId", "statement.other_kind");
        if (read.Account is { } number && !AccountNumbers.MayBeSame(number, account.Number) && number.Any(char.IsAsciiDigit)) read.Mistake(1, "statement.other_account", number, account.Number);
        var name = Path.GetFileName(fileName.Replace('\\', '/'));
        name = name.Length <= 200 ? name : name[^200..];
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return await work.Once(new Command(requestId, account.Id, name, hash), async db =>
        {
            // Files of one account are taken one after the other, so that a line is written by one of them.
            await db.MoneyAccounts.Hold(a => a.Id == account.Id, orRefuse: "money_account.not_found", ct);
            var isRight = read.MistakeCount == 0;
            var fresh = isRight ? await Fresh(db, account.Id, requestId, read.Lines, ct) : [];
            var statement = new Statement
            {
                Id = requestId, MoneyAccountId = account.Id, FileName = name, ContentHash = hash, Layout = read.Layout, Format = read.Format, State = isRight ? StatementState.Imported : StatementState.Wrong,
                FromDay = read.Lines.Min(l => (DateOnly?)l.Day), ToDay = read.Lines.Max(l => (DateOnly?)l.Day), Lines = read.Lines.Count, NewLines = fresh.Count, Skipped = read.Skipped,
                Totals = read.Totals, BalancesRun = read.BalancesRun, WasReversed = read.WasReversed, InFen = read.InFen, OutFen = read.OutFen, OpeningFen = read.OpeningFen, ClosingFen = read.ClosingFen,
                MistakeCount = read.MistakeCount, MistakesJson = Statement.Write(read.Mistakes), UploadedBy = current.UserId, UploadedByName = current.Name, UploadedAtUtc = db.AtUtc,
            };
            db.AddRange(statement, new StatementFile { StatementId = requestId, Packed = Pack(content) });
            await db.SaveChangesAsync(ct);
            await db.InsertMany(fresh, ct);
            db.Subject = account.Number;
            if (!isRight) return new Imported(requestId, read.Layout, read.Lines.Count, 0, read.MistakeCount, 0, 0);
            var (matched, findings) = await matching.Run(db, account, current, ct);
            db.Raise(new StatementImported(account.Id, requestId, fresh.Count));
            return new Imported(requestId, read.Layout, read.Lines.Count, fresh.Count, 0, matched, findings);
        }, ct);
    }

    private async Task<MoneyAccount> AccountOf(StatementRead read, Guid? accountId, CancellationToken ct)
    {
        var accounts = await reading.AccountsOf(current).ToListAsync(ct);
        if (accountId is { } id) return accounts.Find(a => a.Id == id) ?? throw new Refused("money_account.not_found");
        var byNumber = read.Account is { } number ? accounts.FindAll(a => AccountNumbers.MayBeSame(number, a.Number)) : [];
        var byKind = accounts.FindAll(a => a.Kind == read.Kind);
        return byNumber is [var named] ? named : read.Account is null && byKind is [var only] ? only : throw new Refused("statement.account_unclear") { Field = "MoneyAccountId" };
    }

    private static async Task<List<StatementLine>> Fresh(HallDb db, Guid accountId, Guid statementId, IReadOnlyList<ReadLine> lines, CancellationToken ct)
    {
        if (lines.Count == 0) return [];
        var (from, to) = (lines.Min(l => l.Day), lines.Max(l => l.Day));
        var there = (await db.StatementLines.Where(l => l.MoneyAccountId == accountId && l.Day >= from && l.Day <= to).Select(l => l.Key).ToListAsync(ct)).ToHashSet();
        var keys = LineKeys.Of(lines);
        return [.. lines.Select((line, i) => (line, Key: keys[i])).Where(l => there.Add(l.Key)).Select(l => new StatementLine
        {
            MoneyAccountId = accountId, StatementId = statementId, Line = l.line.Line, Day = l.line.Day, SecondOfDay = l.line.Time is { } time ? (int)time.ToTimeSpan().TotalSeconds : null,
            AmountFen = l.line.AmountFen, FeeFen = l.line.FeeFen, BalanceFen = l.line.BalanceFen, Reference = l.line.Reference, OrderReference = l.line.OrderReference,
            Party = l.line.Party, PartyAccount = l.line.PartyAccount, Note = l.line.Note, Key = l.Key,
        })];
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(content);
        return packed.ToArray();
    }
}

/// <summary>A statement brought lines.</summary>
public sealed record StatementImported(Guid MoneyAccountId, Guid StatementId, int NewLines);
