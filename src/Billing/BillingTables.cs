using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Billing;

public static class BillingTables
{
    extension(HallDb db)
    {
        public DbSet<CustomerBill> CustomerBills => db.Set<CustomerBill>();
        public DbSet<BillLine> BillLines => db.Set<BillLine>();
        public DbSet<AccountBalance> AccountBalances => db.Set<AccountBalance>();
        public DbSet<MeterReading> MeterReadings => db.Set<MeterReading>();
        public DbSet<ReadingImport> ReadingImports => db.Set<ReadingImport>();
        public DbSet<HeldBill> HeldBills => db.Set<HeldBill>();
        public DbSet<LateFeeWaiver> LateFeeWaivers => db.Set<LateFeeWaiver>();
        public DbSet<BillAdjustment> BillAdjustments => db.Set<BillAdjustment>();
        public DbSet<BillReplacement> BillReplacements => db.Set<BillReplacement>();
        public DbSet<PaidMove> PaidMoves => db.Set<PaidMove>();
        public DbSet<ArrearsNotice> ArrearsNotices => db.Set<ArrearsNotice>();
        public DbSet<ArrearsClimb> ArrearsClimbs => db.Set<ArrearsClimb>();
        public DbSet<SuspensionOrder> SuspensionOrders => db.Set<SuspensionOrder>();
        public DbSet<BillingCycle> BillingCycles => db.Set<BillingCycle>();
        public DbSet<ReadingRoute> ReadingRoutes => db.Set<ReadingRoute>();
        public DbSet<RouteStop> RouteStops => db.Set<RouteStop>();
        public DbSet<InstalmentAgreement> InstalmentAgreements => db.Set<InstalmentAgreement>();
        public DbSet<InstalmentPart> InstalmentParts => db.Set<InstalmentPart>();
        public DbSet<InstalmentBill> InstalmentBills => db.Set<InstalmentBill>();
        public DbSet<GivenPrice> GivenPrices => db.Set<GivenPrice>();
        public DbSet<IntervalDay> IntervalDays => db.Set<IntervalDay>();
        public DbSet<WriteOff> WriteOffs => db.Set<WriteOff>();
        public DbSet<WriteOffBill> WriteOffBills => db.Set<WriteOffBill>();
        public DbSet<WriteOffRecovery> WriteOffRecoveries => db.Set<WriteOffRecovery>();
        public DbSet<PrepaidAccount> PrepaidAccounts => db.Set<PrepaidAccount>();
        public DbSet<PrepaidAlert> PrepaidAlerts => db.Set<PrepaidAlert>();
        public DbSet<BillRun> BillRuns => db.Set<BillRun>();
        public DbSet<BillRunChunk> BillRunChunks => db.Set<BillRunChunk>();
        public DbSet<BillRunFinding> BillRunFindings => db.Set<BillRunFinding>();
    }
}
