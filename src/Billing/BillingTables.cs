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
    }
}
