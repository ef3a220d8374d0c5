using System.Security.Cryptography;
using OpenHall.Catalog;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>排队号: a place in the hall's queue. Its <see cref="Rank"/> is the order of arrival and stays, whatever happens to it.</summary>
public sealed class QueueTicket
{
    /// <summary>Services that one ticket may ask for after its first.</summary>
    public const int MostMore = 3;

    private readonly List<TicketPeriod> _ended = [];

    private QueueTicket() { }

    public QueueTicket(Visit visit, string service, string visitorClass, int priority, long rank, VisitorNumber? typed, DateTime atUtc)
    {
        (Id, VisitId, HallId, Date, Number) = (Guid.CreateVersion7(), visit.Id, visit.HallId, visit.Date, visit.Number);
        (Service, VisitorClass, Priority, Rank, TakenAtUtc, SinceUtc) = (service, visitorClass, priority, rank, atUtc, atUtc);
        (TypedNumber, TypedMasked) = (typed?.Value, typed?.Masked);
        Token = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 16);
    }

    public Guid Id { get; private init; }
    public Guid VisitId { get; private init; }
    public Guid HallId { get; private init; }
    public BusinessDate Date { get; private init; }
    /// <summary>A001: letter of the service it was taken for, and a number without gaps.</summary>
    public string Number { get; private init; } = "";
    /// <summary>Code of the queue service it waits for now.</summary>
    public string Service { get; private set; } = "";
    /// <summary>Codes of what the visitor wants after that, separated by blanks.</summary>
    public string More { get; private set; } = "";
    public string VisitorClass { get; private set; } = "";
    public int Priority { get; private set; }
    /// <summary>Order of arrival within the hall's day, from 1.</summary>
    public long Rank { get; private init; }
    public TicketState State { get; private set; }
    /// <summary>Since when it is where it is.</summary>
    public DateTime SinceUtc { get; private set; }
    /// <summary>Only this counter may call it; null: any that serves it.</summary>
    public Guid? ForCounterId { get; private set; }
    /// <summary>Only this person may call it, as long as they sit at a counter; null: any that serves it.</summary>
    public Guid? ForClerkId { get; private set; }
    public string? ForClerkName { get; private set; }
    /// <summary>Who sent it elsewhere and gets it back, and for what; null: nobody.</summary>
    public Guid? BackClerkId { get; private set; }
    public string? BackClerkName { get; private set; }
    public string? BackService { get; private set; }
    /// <summary>Counter that called it last.</summary>
    public Guid? CounterId { get; private set; }
    public int? CounterNumber { get; private set; }
    public Guid? ClerkId { get; private set; }
    public string? ClerkName { get; private set; }
    /// <summary>Phone, account or ID card number that the visitor typed; shown only to the clerk who serves the visit.</summary>
    public string? TypedNumber { get; private init; }
    public string? TypedMasked { get; private init; }
    /// <summary>Opens the visitor's own page; nobody guesses it (90 bits).</summary>
    public string Token { get; private init; } = "";
    public DateTime TakenAtUtc { get; private init; }
    public DateTime? CalledAtUtc { get; private set; }
    public DateTime? ServedFromUtc { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    /// <summary>Order of the hall's calls; 0: not called yet. A call again counts anew.</summary>
    public long CallRank { get; private set; }
    public int Calls { get; private set; }
    /// <summary>Time at counters so far, without the stretch that still runs.</summary>
    public int ServiceSeconds { get; private set; }
    /// <summary>Code of the reason it was parked or cancelled for.</summary>
    public string? Reason { get; private set; }
    /// <summary>Where the papers are while it is parked.</summary>
    public HeldPapers? Papers { get; private set; }
    /// <summary>When it goes back into the line by itself.</summary>
    public DateTime? BackAtUtc { get; private set; }

    public bool IsAtCounter => State is TicketState.Called or TicketState.Serving;

    public IReadOnlyList<string> MoreServices => More.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Periods that have ended since the last call; they are to be written.</summary>
    public IReadOnlyList<TicketPeriod> TakeEnded()
    {
        var ended = _ended.ToArray();
        _ended.Clear();
        return ended;
    }

    /// <summary>Asks for further services on the same ticket.</summary>
    /// <exception cref="Refused">ticket.more_full</exception>
    public void Want(IEnumerable<string> services)
    {
        var more = MoreServices.Concat(services).Where(s => s != Service).Distinct().ToList();
        Refused.If(more.Count > MostMore, "ticket.more_full", Number, MostMore + 1);
        More = string.Join(' ', more);
    }

    /// <summary>What was asked for besides is dropped: done already, taken over by another ticket, or no longer wanted.</summary>
    public void Drop(Func<string, bool> which) => More = string.Join(' ', MoreServices.Where(s => !which(s)));

    public void Call(Counter counter, long callRank, DateTime atUtc)
    {
        Move(TicketAction.Call, atUtc);
        (CounterId, CounterNumber, ClerkId, ClerkName) = (counter.Id, counter.Number, counter.ClerkId, counter.ClerkName);
        (CalledAtUtc, CallRank, Calls, ForCounterId, ForClerkId, ForClerkName, Reason, Papers, BackAtUtc) = (atUtc, callRank, Calls + 1, null, null, null, null, null, null);
    }

    public void CallAgain(long callRank, DateTime atUtc)
    {
        Stay(TicketAction.CallAgain);
        (CalledAtUtc, CallRank, Calls) = (atUtc, callRank, Calls + 1);
    }

    public void Start(DateTime atUtc)
    {
        Move(TicketAction.Start, atUtc);
        ServedFromUtc = atUtc;
    }

    public void MarkNoShow(DateTime atUtc)
    {
        Move(TicketAction.MarkNoShow, atUtc);
        EndedAtUtc = atUtc;
    }

    /// <param name="backAtUtc">Back into the line by itself then; null: when somebody says so.</param>
    public void Park(string reason, HeldPapers papers, DateTime? backAtUtc, DateTime atUtc)
    {
        Move(TicketAction.Park, atUtc);
        StopServing(atUtc);
        (Reason, Papers, BackAtUtc) = (reason, papers, backAtUtc);
    }

    /// <summary>Back into the queue at its old place; whose papers lie at a counter goes back to that counter.</summary>
    public void Return(DateTime atUtc)
    {
        var papersAt = Papers == HeldPapers.Here ? CounterId : null;
        Move(TicketAction.Return, atUtc);
        ForCounterId = papersAt;
        (CounterId, CounterNumber, ClerkId, ClerkName, EndedAtUtc, Reason, Papers, BackAtUtc) = (null, null, null, null, null, null, null, null);
    }

    /// <summary>Into the queue of another service, counter or person, at its old place.</summary>
    public void Transfer(string service, Guid? forCounter, (Guid Id, string Name)? forClerk, DateTime atUtc)
    {
        Leave(TicketAction.Transfer, atUtc);
        (Service, ForCounterId, ForClerkId, ForClerkName) = (service, forCounter, forClerk?.Id, forClerk?.Name);
        Drop(s => s == service);
    }

    /// <summary>Whoever sends it elsewhere gets it back when that is done.</summary>
    public void ComeBackTo(Guid clerkId, string clerkName, string service) => (BackClerkId, BackClerkName, BackService) = (clerkId, clerkName, service);

    /// <summary>What it was sent here for is done: back to whoever sent it.</summary>
    /// <param name="isThere">They still sit at a counter; else any that serves it goes on.</param>
    public void SendBack(bool isThere, DateTime atUtc)
    {
        Leave(TicketAction.GoOn, atUtc);
        (Service, ForClerkId, ForClerkName) = (BackService ?? Service, isThere ? BackClerkId : null, isThere ? BackClerkName : null);
        (BackClerkId, BackClerkName, BackService) = (null, null, null);
    }

    /// <summary>The next of its services: here and now, or in that service's line at its old place.</summary>
    public void GoOn(bool here, DateTime atUtc)
    {
        var next = MoreServices[0];
        if (here)
        {
            Move(TicketAction.NextHere, atUtc);
            StopServing(atUtc);
            ServedFromUtc = atUtc;
        }
        else
        {
            Leave(TicketAction.GoOn, atUtc);
        }

        Service = next;
        Drop(s => s == next);
    }

    public void Prioritise(string visitorClass, int priority)
    {
        Stay(TicketAction.Prioritise);
        (VisitorClass, Priority) = (visitorClass, priority);
    }

    public void End(DateTime atUtc)
    {
        Move(TicketAction.End, atUtc);
        StopServing(atUtc);
        EndedAtUtc = atUtc;
    }

    public void Cancel(string reason, DateTime atUtc)
    {
        Move(TicketAction.Cancel, atUtc);
        (Reason, EndedAtUtc, Papers, BackAtUtc) = (reason, atUtc, null, null);
    }

    /// <summary>Its visitor is served with another ticket.</summary>
    public void Join(DateTime atUtc)
    {
        Move(TicketAction.Join, atUtc);
        (Reason, EndedAtUtc, Papers, BackAtUtc) = ("joined", atUtc, null, null);
    }

    /// <summary>The counter it was kept for closes: any other may call it.</summary>
    public void Release() => ForCounterId = null;

    private void Stay(TicketAction action) => State = TicketMoves.Next(State, action, Number);

    private void Move(TicketAction action, DateTime atUtc)
    {
        var to = TicketMoves.Next(State, action, Number);
        // A clock that was set back makes a stretch of no length, not one that ends before it began.
        var until = atUtc < SinceUtc ? SinceUtc : atUtc;
        _ended.Add(new()
        {
            TicketId = Id, HallId = HallId, Date = Date, State = State, Service = Service, CounterNumber = CounterNumber, ClerkId = ClerkId, ClerkName = ClerkName,
            Reason = Reason, FromUtc = SinceUtc, UntilUtc = until, Seconds = (int)(until - SinceUtc).TotalSeconds,
        });
        (State, SinceUtc) = (to, until);
    }

    /// <summary>Away from the counter, into a line.</summary>
    private void Leave(TicketAction action, DateTime atUtc)
    {
        var wasServing = State == TicketState.Serving;
        Move(action, atUtc);
        if (wasServing) StopServing(atUtc);
        (ForCounterId, ForClerkId, ForClerkName, CounterId, CounterNumber, ClerkId, ClerkName) = (null, null, null, null, null, null, null);
    }

    private void StopServing(DateTime atUtc)
    {
        ServiceSeconds += (int)Math.Min(int.MaxValue - (long)ServiceSeconds, Math.Max(0, (long)(atUtc - (ServedFromUtc ?? atUtc)).TotalSeconds));
        ServedFromUtc = null;
    }
}
