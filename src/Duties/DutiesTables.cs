using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Duties;

public static class DutiesTables
{
    extension(HallDb db)
    {
        public DbSet<Duty> Duties => db.Set<Duty>();
        public DbSet<DutyAnswer> DutyAnswers => db.Set<DutyAnswer>();
        public DbSet<DutyDay> DutyDays => db.Set<DutyDay>();
        public DbSet<DutyNotice> DutyNotices => db.Set<DutyNotice>();
        public DbSet<DutySpot> DutySpots => db.Set<DutySpot>();
        public DbSet<Meeting> Meetings => db.Set<Meeting>();
        public DbSet<MeetingPerson> MeetingPeople => db.Set<MeetingPerson>();
        public DbSet<DutyLog> DutyLogs => db.Set<DutyLog>();
        public DbSet<DutyLogLine> DutyLogLines => db.Set<DutyLogLine>();
        public DbSet<DutyLogRemark> DutyLogRemarks => db.Set<DutyLogRemark>();
        public DbSet<HandOver> HandOvers => db.Set<HandOver>();
        public DbSet<HandOverLine> HandOverLines => db.Set<HandOverLine>();
        public DbSet<FaultLine> FaultLines => db.Set<FaultLine>();
    }
}
