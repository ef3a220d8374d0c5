namespace OpenHall.Demo;

/// <summary>The demo's time: stands where the simulator puts it while history is made, then follows the real clock.</summary>
public sealed class SimulatedClock : TimeProvider
{
    private DateTimeOffset? _standing;

    public override DateTimeOffset GetUtcNow() => _standing ?? System.GetUtcNow();

    /// <summary>Moves to a time of the hall's day (Asia/Shanghai, which has no summer time).</summary>
    public void SetTo(DateOnly day, TimeOnly time) => _standing = new DateTimeOffset(day.ToDateTime(time), TimeSpan.FromHours(8)).ToUniversalTime();

    public void Advance(TimeSpan by) => _standing = GetUtcNow() + by;

    public void FollowRealTime() => _standing = null;

    public TimeOnly TimeOfDay => TimeOnly.FromDateTime(GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>The calendar day in the halls' time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
}
