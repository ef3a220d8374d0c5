using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>A ticket as its holder sees it: where it stands, how long it may take, what happened to it.</summary>
public sealed class TicketView(HallDb db, HallQueue queue, ServiceCatalog catalog)
{
    /// <summary>Address that visitors' telephones reach the house at, when it is another than the kiosk's own.</summary>
    public static readonly AddressSetting PublicAddress = new("reception.public_address");

    /// <param name="IsToday">Its day is the hall's current one.</param>
    /// <param name="Pace">What the wait is reckoned by.</param>
    /// <param name="Stars">As rated; null: not rated.</param>
    /// <param name="ReachedAt">What <see cref="PublicAddress"/> says; empty: as the kiosk is reached itself.</param>
    public sealed record View(QueueTicket Ticket, Hall Hall, string ServiceName, ExpectedWait Wait, ServicePace Pace, int WindowMinutes, bool IsToday, int? Stars, string ReachedAt, IReadOnlyList<string> MoreNames)
    {
        public bool MayRate => Ticket.State == TicketState.Done && Stars is null;

        public bool MayCancel => IsToday && TicketMoves.Table.Any(m => m.From == Ticket.State && m.Action == TicketAction.Cancel);

        public string Version => Versions.Of(string.Join('|', Ticket.State, Ticket.CounterNumber, Ticket.Calls, Ticket.Service, Ticket.More, Ticket.BackAtUtc, Wait, Pace, IsToday, Stars));

        /// <summary>Address of the holder's own page.</summary>
        public string Link(HttpContext http) => $"{(ReachedAt.Length > 0 ? ReachedAt : $"{http.Request.Scheme}://{http.Request.Host}")}/t/{Ticket.Token}";
    }

    /// <exception cref="Refused">ticket.not_found</exception>
    public async Task<View> Of(string token, CancellationToken ct = default)
    {
        var ticket = await db.QueueTickets.SingleOrDefaultAsync(t => t.Token == token, ct) ?? throw new Refused("ticket.not_found");
        var view = await queue.Of(ticket.HallId, ct);
        var stars = await db.VisitRatings.Where(r => r.VisitId == ticket.VisitId).Select(r => (int?)r.Stars).SingleOrDefaultAsync(ct);
        return new(ticket, view.Hall, catalog.NameOf(ticket.Service), view.WaitOf(ticket), view.PaceOf(ticket.Service), catalog.Rules.WaitWindowMinutes, view.Day?.Date == ticket.Date, stars, await db.Value(PublicAddress, ct), [.. ticket.MoreServices.Select(catalog.NameOf)]);
    }
}
