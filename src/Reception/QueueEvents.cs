using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>What moves a hall's queue. Live pages listen to <see cref="QueueTopics"/>.</summary>
public sealed record TicketTaken(Guid TicketId, string Number, string Service);

/// <param name="Calls">1: first call; more: called again.</param>
public sealed record TicketCalled(Guid TicketId, string Number, int CounterNumber, int Calls);

public sealed record TicketStarted(Guid TicketId, string Number, int CounterNumber);

public sealed record TicketParked(Guid TicketId, string Number, string Reason);

/// <summary>Back in line: returned, handed on to another service or counter, or with another priority.</summary>
public sealed record TicketMoved(Guid TicketId, string Number, string Service);

public sealed record TicketNoShow(Guid TicketId, string Number);

public sealed record TicketEnded(Guid TicketId, Guid VisitId, string Number, int ServiceSeconds);

public sealed record TicketCancelled(Guid TicketId, string Number, string Reason);

public sealed record CounterChanged(Guid CounterId, int Number, CounterState State);

public sealed record VisitRated(Guid VisitId, int Stars);

public static class QueueTopics
{
    /// <summary>Everything that a queue page shows, for <c>/live?topics=</c>.</summary>
    public const string Queue = "TicketTaken,TicketCalled,TicketStarted,TicketParked,TicketMoved,TicketNoShow,TicketEnded,TicketCancelled,TicketsReturned,CounterChanged,DayOpened,DayClosing,DayClosed,DayReopened";

    /// <summary>What a second screen shows.</summary>
    public const string Screen = Queue + ",VisitRated";
}
