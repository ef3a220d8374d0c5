using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Tests.Modules;

public class BooksTests
{
    [Needs("test.do")]
    private sealed record Book(Guid RequestId) : ICommand;

    [Theory, BothDatabases]
    public async Task Journal_lines_are_written_once_and_the_database_refuses_to_change_them(TestHall hall)
    {
        var day = new BusinessDate(new DateOnly(2026, 3, 31));
        var hallId = Guid.CreateVersion7();
        await hall.As("test.do").Do((Work work) => work.Once(new Book(Guid.CreateVersion7()), db =>
        {
            db.Post(new JournalEntry("payment", "R1", day, Posting.ToDebit(AccountCodes.Cash, new(500)), Posting.ToCredit(AccountCodes.Clearing, new(500))), hallId);
            db.PostToAccount(5121, new JournalEntry("payment", "R1", day, Posting.ToDebit(AccountCodes.Clearing, new(500)), Posting.ToCredit(AccountCodes.Receivable, new(500))), hallId);
            return Task.FromResult(0);
        }));
        Assert.Equal(2, await hall.Read(db => db.JournalLines.CountAsync(l => l.HallId == hallId && l.BusinessDate == day)));
        Assert.Equal(2, await hall.Read(db => db.AccountJournalLines.CountAsync(l => l.Bucket == 1 && l.AccountId == 5121)));
        string[] attempts =
        [
            "update journal_lines set debit_fen = debit_fen + 1", "delete from journal_lines",
            "update account_journal_lines set debit_fen = debit_fen + 1", "delete from account_journal_lines",
        ];
        foreach (var attempt in attempts) await Assert.ThrowsAnyAsync<Exception>(() => hall.Read(db => db.Database.ExecuteSqlRawAsync(attempt)));
    }
}
