using Microsoft.EntityFrameworkCore;
using OpenHall.App;

namespace OpenHall.Reception;

public static class ReceptionTables
{
    extension(HallDb db)
    {
        public DbSet<Visit> Visits => db.Set<Visit>();
        public DbSet<VisitStep> VisitSteps => db.Set<VisitStep>();
        public DbSet<QueueTicket> QueueTickets => db.Set<QueueTicket>();
        public DbSet<TicketPeriod> TicketPeriods => db.Set<TicketPeriod>();
        public DbSet<QueueHead> QueueHeads => db.Set<QueueHead>();
        public DbSet<TicketNumber> TicketNumbers => db.Set<TicketNumber>();
        public DbSet<Appointment> Appointments => db.Set<Appointment>();
        public DbSet<VisitRating> VisitRatings => db.Set<VisitRating>();
    }
}
