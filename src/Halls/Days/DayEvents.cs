using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>The day is open: kiosks give tickets, tills may open.</summary>
public sealed record DayOpened(Guid HallId, BusinessDate Date);

/// <summary>No new visitors from now on; or (<paramref name="Resumed"/>) again some.</summary>
public sealed record DayClosing(Guid HallId, BusinessDate Date, bool Resumed);

/// <summary>The day is closed; the hall stands on <paramref name="Next"/>.</summary>
public sealed record DayClosed(Guid HallId, BusinessDate Date, BusinessDate Next);

/// <summary>A closed day takes postings again.</summary>
public sealed record DayReopened(Guid HallId, BusinessDate Date, string Reason);
