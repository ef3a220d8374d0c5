using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Customers;

public static class CustomersTables
{
    extension(HallDb db)
    {
        public DbSet<Customer> Customers => db.Set<Customer>();
        public DbSet<BillingAccount> BillingAccounts => db.Set<BillingAccount>();
        public DbSet<SupplyPoint> SupplyPoints => db.Set<SupplyPoint>();
    }
}
