using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Duties;

/// <summary>议程: what a meeting speaks about, made from what the system knows of a day.</summary>
/// <param name="FactsOf">Yesterday before opening, today after closing.</param>
/// <param name="Question">Training question of the day; null: the packs have none.</param>
public sealed record Agenda(BusinessDate FactsOf, int Tickets, int Served, int MeanWaitSeconds, int LongestWaitSeconds, int Payments, long TakingsFen, int Ratings, int RatingHundredths, int Complaints, int MissedDuties, int OpenFaults, int OpenTills, TrainingQuestion? Question)
{
    public Money Takings => new(TakingsFen);
}

public static class AgendaOfHall
{
    public static async Task<Agenda> AgendaOf(this HallDb db, DutyPlans plans, Guid hallId, BusinessDate date, MeetingKind kind, CancellationToken ct)
    {
        var day = kind == MeetingKind.After ? date
            : await db.BusinessDays.Where(d => d.HallId == hallId && d.Date < date).OrderByDescending(d => d.Date).Select(d => (BusinessDate?)d.Date).FirstOrDefaultAsync(ct) ?? date;
        var tickets = await db.QueueTickets.Where(t => t.HallId == hallId && t.Date == day).Select(t => new { t.Service, t.State, t.TakenAtUtc, t.CalledAtUtc }).ToListAsync(ct);
        var waits = tickets.Where(t => t.CalledAtUtc is not null).Select(t => (int)(t.CalledAtUtc!.Value - t.TakenAtUtc).TotalSeconds).ToList();
        var paid = await db.Payments.Where(p => p.Bucket >= 0 && p.HallId == hallId && p.BusinessDate == day && p.State == PaymentState.Confirmed && p.TillSessionId != null).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Fen = g.Sum(p => p.AmountFen) }).SingleOrDefaultAsync(ct);
        var visits = db.Visits.Where(v => v.HallId == hallId && v.Date == day);
        var stars = await db.VisitRatings.Where(r => visits.Any(v => v.Id == r.VisitId)).Select(r => r.Stars).ToListAsync(ct);
        return new(day, tickets.Count, tickets.Count(t => t.State == TicketState.Done), waits.Count > 0 ? (int)waits.Average() : 0, waits.DefaultIfEmpty().Max(), paid?.Count ?? 0, paid?.Fen ?? 0,
            stars.Count, stars.Count > 0 ? (int)Math.Round(stars.Average() * 100) : 0, tickets.Count(t => t.Service == "complaint"),
            await db.Duties.CountAsync(d => d.HallId == hallId && d.Date == day && d.State == DutyState.Missed, ct),
            await db.FaultLines.CountAsync(f => f.HallId == hallId && (f.State == FaultState.Open || f.State == FaultState.Given), ct),
            await db.TillSessions.CountAsync(t => t.HallId == hallId && t.BusinessDate == day && t.State == TillState.Open, ct),
            kind == MeetingKind.Before && plans.Questions.Count > 0 ? plans.Questions[date.Day.DayNumber % plans.Questions.Count] : null);
    }
}
