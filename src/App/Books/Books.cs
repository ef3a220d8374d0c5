using Microsoft.EntityFrameworkCore;
using OpenHall.Ledger;

namespace OpenHall.App;

/// <summary>The books: insert-only lines of balanced entries. Two sides that each balance by themselves, joined by the clearing account
/// (1131), so that a payment touches one hall and one bucket only, and no row is written by everybody.</summary>
public static class Books
{
    internal const int KindLength = 40;
    internal const int ReferenceLength = 60;
    internal const int CodeLength = 12;
    internal const int SubLength = 40;
    internal const string OneSide = "debit_fen >= 0 and credit_fen >= 0 and (debit_fen = 0) <> (credit_fen = 0)";

    /// <summary>Number of buckets of account-side tables.</summary>
    public const int Buckets = 1024;

    public static short BucketOf(long accountId) => (short)(accountId % Buckets);

    extension(HallDb db)
    {
        public DbSet<JournalLine> JournalLines => db.Set<JournalLine>();

        public DbSet<AccountJournalLine> AccountJournalLines => db.Set<AccountJournalLine>();

        /// <summary>Posts an entry to the hall's own books, in the running command's transaction.</summary>
        public void Post(JournalEntry entry, Guid hallId)
        {
            for (var i = 0; i < entry.Lines.Count; i++)
            {
                var line = entry.Lines[i];
                db.Insert(new JournalLine
                {
                    EntryId = entry.Id, LineNumber = (short)(i + 1), HallId = hallId, BusinessDate = entry.BusinessDate, Kind = entry.Kind, Reference = entry.Reference,
                    Account = line.Account, Sub = line.Sub, DebitFen = line.Debit.Fen, CreditFen = line.Credit.Fen, WrittenAtUtc = db.AtUtc,
                });
            }
        }

        /// <summary>Posts an entry to a customer's account, in the running command's transaction.</summary>
        /// <param name="hallId">Hall at whose counter it happened; null: none.</param>
        public void PostToAccount(long accountId, JournalEntry entry, Guid? hallId = null)
        {
            foreach (var line in LinesOf(accountId, entry, db.AtUtc, hallId)) db.Insert(line);
        }
    }

    /// <summary>The rows of an account-side entry, for runs that write many at once past EF.</summary>
    public static IEnumerable<AccountJournalLine> LinesOf(long accountId, JournalEntry entry, DateTime writtenAtUtc, Guid? hallId = null) =>
        entry.Lines.Select((line, i) => new AccountJournalLine
        {
            Bucket = BucketOf(accountId), EntryId = entry.Id, LineNumber = (short)(i + 1), AccountId = accountId, HallId = hallId, BusinessDate = entry.BusinessDate,
            Kind = entry.Kind, Reference = entry.Reference, Account = line.Account, Sub = line.Sub, DebitFen = line.Debit.Fen, CreditFen = line.Credit.Fen, WrittenAtUtc = writtenAtUtc,
        });
}
