using OpenHall.App;

namespace OpenHall.Reception;

/// <summary>排队规范: from when on somebody has to be told. Set by the administrator; one for the house.</summary>
/// <param name="WaitMinutes">Nobody waits longer.</param>
/// <param name="ServiceMinutes">A service takes no longer.</param>
/// <param name="IdleMinutes">No open counter stands idle longer while somebody waits for it.</param>
/// <param name="Line">No more people wait at once.</param>
/// <param name="WithinPercent">Part of the visitors for whom the wait is to be kept; staffing is reckoned by it.</param>
public sealed record QueueNorms(int WaitMinutes, int ServiceMinutes, int IdleMinutes, int Line, int WithinPercent)
{
    public static readonly NumberSetting Wait = new("reception.norm_wait", 20, 1, 240, "reception.unit_minutes");
    public static readonly NumberSetting Service = new("reception.norm_service", 30, 1, 240, "reception.unit_minutes");
    public static readonly NumberSetting Idle = new("reception.norm_idle", 5, 1, 240, "reception.unit_minutes");
    public static readonly NumberSetting MostInLine = new("reception.norm_line", 20, 1, 500);
    public static readonly NumberSetting Within = new("reception.norm_within", 80, 50, 99);
    /// <summary>Days of the month on which more people come: bills are out, or due.</summary>
    public static readonly TextSetting PeakDays = new("reception.peak_days", "", 100);

    public static async Task<QueueNorms> Of(HallDb db, CancellationToken ct = default) => new(
        (int)await db.Value(Wait, ct), (int)await db.Value(Service, ct), (int)await db.Value(Idle, ct), (int)await db.Value(MostInLine, ct), (int)await db.Value(Within, ct));
}
