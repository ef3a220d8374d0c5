using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Duties of a hall changed: made, done, late, excepted, missed.</summary>
public sealed record DutiesChanged(Guid HallId) : IOfHall;

/// <summary>A fault line was opened, given to somebody or ended.</summary>
public sealed record FaultMoved(Guid HallId, Guid FaultId) : IOfHall;

public static class DutyTopics
{
    /// <summary>What turns one's own day and the board.</summary>
    public const string Duties = "DutiesChanged,FaultMoved,DayOpened,DayClosing,DayClosed";
}
