using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

/// <summary>One thing that must hold before a business day closes. Any module brings its own: registered as scoped <c>IDayCondition</c>.</summary>
public interface IDayCondition
{
    /// <summary>Stable name, <c>visits_ended</c>; its words on the day page are the text <c>day.condition.{Code}</c>.</summary>
    string Code { get; }

    /// <summary>What stands against closing; empty: green. Runs inside the closing's transaction and for the page alike.</summary>
    Task<IReadOnlyList<DayFinding>> Check(HallDb db, Guid hallId, BusinessDate date, CancellationToken ct);
}

/// <param name="TextKey">Sentence that names the culprit.</param>
/// <param name="Values">What the sentence names, {0}, {1} ….</param>
/// <param name="Href">Page where it is put right.</param>
/// <param name="OnlyWarns">It is to be seen, but the day closes with it.</param>
public sealed record DayFinding(string TextKey, object[] Values, string? Href, bool OnlyWarns = false);
