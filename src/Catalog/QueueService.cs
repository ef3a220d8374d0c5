using OpenHall.App;

namespace OpenHall.Catalog;

/// <summary>What a visitor may type at the kiosk.</summary>
public enum AskedNumber { None, Phone, Account, Both }

/// <summary>排队业务: what a visitor chooses at the kiosk, and what a counter serves.</summary>
/// <param name="Letter">In front of the ticket number, A–Z.</param>
/// <param name="Minutes">Service time until the hall has figures of its own.</param>
/// <param name="Priority">0–9; higher goes first, under the fairness cap.</param>
/// <param name="DailyLimit">Tickets a day and hall; 0: none.</param>
/// <param name="Posts">Posts whose people serve it.</param>
public sealed record QueueService(string Code, LocalText Name, LocalText Hint, char Letter, int Minutes, int Priority, int DailyLimit,
    AskedNumber Asks, string Icon, IReadOnlyList<string> Posts, int Order)
{
    /// <summary>Places that can be booked in one slot of a hall; 0: it cannot be booked.</summary>
    public int Appointments { get; init; }
}

/// <summary>业务类型: one thing that is done for a customer, and the papers it takes.</summary>
/// <param name="Queue">Code of the queue service it belongs to.</param>
public sealed record ServiceType(string Code, LocalText Name, string Queue, int Minutes, IReadOnlyList<LocalText> Papers);

/// <summary>客户类别: who goes first. <paramref name="AtKiosk"/>: the visitor may say so at the kiosk.</summary>
/// <param name="FromAge">绿色通道: given by itself to whoever shows an ID card and is at least so old; 0: never.</param>
public sealed record VisitorClass(string Code, LocalText Name, int Priority, bool AtKiosk, int Order, int FromAge);

/// <summary>A reason the staff or the visitor picks from a list.</summary>
public sealed record Reason(string Code, LocalText Name);

/// <summary>Where the papers are while a visit is put aside: the visitor has them, the counter keeps them, or it waits for somebody else's step.</summary>
public enum HeldPapers { Taken, Here, Stage }

/// <summary>挂起原因.</summary>
/// <param name="Minutes">Back in the line by itself after so long; 0: when somebody says so.</param>
public sealed record ParkReason(string Code, LocalText Name, HeldPapers Papers, int Minutes);

/// <summary>A reason offered with <paramref name="From"/> to <paramref name="To"/> stars.</summary>
public sealed record RatingReason(string Code, LocalText Name, int From, int To);

/// <param name="OutOfTurnCap">Calls past somebody who came earlier, in a row at a counter, before the oldest number is called.</param>
/// <param name="OpenTicketsPerNumber">Tickets one phone or account number may hold at a time.</param>
/// <param name="DayTicketsPerNumber">Tickets one phone, account or ID card number may take in a day.</param>
/// <param name="WaitWindowMinutes">Services ended in so many minutes make the expected wait …</param>
/// <param name="WaitLeastServices">… when there are at least so many.</param>
public sealed record QueueRules(int OutOfTurnCap, int OpenTicketsPerNumber, int DayTicketsPerNumber, int WaitWindowMinutes, int WaitLeastServices);

/// <summary>预约规则 of the packs.</summary>
/// <param name="SlotMinutes">Length of a slot.</param>
/// <param name="DaysAhead">Days from today that can be booked.</param>
/// <param name="OpenPerNumber">Open appointments one telephone number may hold by booking itself.</param>
/// <param name="EarlyMinutes">Whoever checks in earlier than so long before the slot waits as a usual visitor.</param>
/// <param name="LateMinutes">Whoever has not checked in so long after the slot began has missed it.</param>
/// <param name="NoShows">After so many missed in <paramref name="NoShowDays"/> days a number books no more by itself.</param>
/// <param name="RemindHours">The visitor is reminded so long before.</param>
/// <param name="VisitorClass">Class of those who come in time: their priority over walk-ins, under the queue's cap.</param>
/// <param name="UsualClass">Class of those who come early.</param>
public sealed record AppointmentRules(int SlotMinutes, int DaysAhead, int OpenPerNumber, int EarlyMinutes, int LateMinutes, int NoShows, int NoShowDays, int RemindHours, string VisitorClass, string UsualClass)
{
    public bool IsEarly(DateTime startUtc, DateTime nowUtc) => nowUtc < startUtc.AddMinutes(-EarlyMinutes);

    public bool IsLate(DateTime startUtc, DateTime nowUtc) => nowUtc > startUtc.AddMinutes(LateMinutes);
}
