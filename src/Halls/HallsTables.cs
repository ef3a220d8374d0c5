using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Halls;

public static class HallsTables
{
    extension(HallDb db)
    {
        public DbSet<OrgUnit> OrgUnits => db.Set<OrgUnit>();
        public DbSet<Hall> Halls => db.Set<Hall>();
        public DbSet<HallSpecialDay> HallSpecialDays => db.Set<HallSpecialDay>();
        public DbSet<Counter> Counters => db.Set<Counter>();
        public DbSet<CounterPeriod> CounterPeriods => db.Set<CounterPeriod>();
        public DbSet<Device> Devices => db.Set<Device>();
        public DbSet<BusinessDay> BusinessDays => db.Set<BusinessDay>();
    }
}
