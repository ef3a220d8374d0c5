using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Payments;

public static class PaymentsTables
{
    extension(HallDb db)
    {
        public DbSet<TillSession> TillSessions => db.Set<TillSession>();
        public DbSet<TillMovement> TillMovements => db.Set<TillMovement>();
        public DbSet<TillCount> TillCounts => db.Set<TillCount>();
        public DbSet<HallSafe> HallSafes => db.Set<HallSafe>();
        public DbSet<SafeMovement> SafeMovements => db.Set<SafeMovement>();
        public DbSet<SafeTransfer> SafeTransfers => db.Set<SafeTransfer>();
        public DbSet<BankDeposit> BankDeposits => db.Set<BankDeposit>();
        public DbSet<Payment> Payments => db.Set<Payment>();
        public DbSet<PaymentTender> PaymentTenders => db.Set<PaymentTender>();
        public DbSet<PaymentAllocation> PaymentAllocations => db.Set<PaymentAllocation>();
        public DbSet<Reversal> Reversals => db.Set<Reversal>();
        public DbSet<DebitAgreement> DebitAgreements => db.Set<DebitAgreement>();
        public DbSet<DebitBatch> DebitBatches => db.Set<DebitBatch>();
        public DbSet<DebitAnswerFile> DebitAnswerFiles => db.Set<DebitAnswerFile>();
        public DbSet<DebitItem> DebitItems => db.Set<DebitItem>();
        public DbSet<ChannelOrder> ChannelOrders => db.Set<ChannelOrder>();
    }
}
