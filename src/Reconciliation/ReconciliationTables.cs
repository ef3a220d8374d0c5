using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Reconciliation;

public static class ReconciliationTables
{
    extension(HallDb db)
    {
        public DbSet<MoneyAccount> MoneyAccounts => db.Set<MoneyAccount>();
        public DbSet<Statement> Statements => db.Set<Statement>();
        public DbSet<StatementLine> StatementLines => db.Set<StatementLine>();
        public DbSet<StatementMatch> StatementMatches => db.Set<StatementMatch>();
        public DbSet<MoneyFinding> MoneyFindings => db.Set<MoneyFinding>();
    }
}
