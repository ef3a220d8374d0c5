using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Reports;

/// <summary>经营看板: a hall, city or province today, beside yesterday and last week at the same hour, with what lies below it.</summary>
public sealed class Dashboard(HallDb db, Current current, Texts texts, TimeProvider clock)
{
    /// <summary>Halls summed up on one board, and those of which the day's curve is drawn.</summary>
    public const int MostHalls = 2000, MostHallsForCurve = 40;

    /// <param name="Below">Cities of a province, halls of a city; empty for a hall.</param>
    /// <param name="Crumbs">Units above, the highest first, as far as within reach.</param>
    /// <param name="Curve">Numbers taken by hour today, yesterday and a week ago; null: too many halls.</param>
    /// <param name="FirstHour">Hour in which the first of the halls opens.</param>
    /// <param name="LastHour">Hour in which the last of them still is open.</param>
    public sealed record View(UnitFigures Unit, Guid? HallId, IReadOnlyList<UnitFigures> Below, IReadOnlyList<(string Path, string Name)> Crumbs, IReadOnlyList<int[]>? Curve, int NormMinutes, DateTime AtUtc, int FirstHour, int LastHour)
    {
        public string Version => Audit.Hex(string.Join('|', Texts.IsEnglish, AtUtc.Ticks / TimeSpan.TicksPerMinute, Unit.Today, Unit.Now, string.Join(',', Below.Select(b => $"{b.Path}{b.Today}{b.Now}"))))[..16];
    }

    /// <param name="path">Of the unit; null: the highest that all halls within reach share.</param>
    /// <exception cref="Refused">permission.missing; hall.out_of_reach</exception>
    public async Task<View> Of(string? path, CancellationToken ct = default)
    {
        current.Require("dashboard.see");
        var all = await db.HallsInReach(current).OrderBy(h => h.Path).Take(MostHalls).ToListAsync(ct);
        var root = path ?? Shared([.. all.Select(h => h.Path)]);
        var halls = all.Where(h => h.Path.StartsWith(root, StringComparison.Ordinal)).ToList();
        Refused.If(halls.Count == 0, "hall.out_of_reach");
        var now = clock.GetUtcNow().UtcDateTime;
        var norm = (int)await db.Value(QueueNorms.Wait, ct);
        var reading = new DashboardReading(db, [.. halls.Select(h => h.Id)], now, norm);
        var (today, yesterday, weekAgo, nows) = (await reading.Day(0, ct), await reading.Day(1, ct), await reading.Day(7, ct), await reading.Now(ct));
        var units = await db.OrgUnits.Where(u => u.Path.StartsWith(root) || root.StartsWith(u.Path)).ToDictionaryAsync(u => u.Path, ct);
        UnitFigures Sum(string at, OrgUnitKind kind, LocalText name, IReadOnlyCollection<Hall> of) => new(at, name, kind,
            of.Aggregate(DaySoFar.Nothing, (s, h) => s + today[h.Id]), of.Aggregate(DaySoFar.Nothing, (s, h) => s + yesterday[h.Id]), of.Aggregate(DaySoFar.Nothing, (s, h) => s + weekAgo[h.Id]),
            of.Aggregate(NowFigures.Nothing, (s, h) => s + nows[h.Id]));
        var isHall = halls is [var only] && only.Path == root;
        var unit = units.GetValueOrDefault(root);
        var below = isHall ? [] : halls.GroupBy(h => ChildOf(root, h.Path)).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Sum(g.Key, units.GetValueOrDefault(g.Key)?.Kind ?? OrgUnitKind.Hall, units.GetValueOrDefault(g.Key)?.Name ?? g.First().Name, [.. g])).ToList();
        var shared = Shared([.. all.Select(h => h.Path)]);
        var crumbs = units.Values.Where(u => u.Path != root && root.StartsWith(u.Path, StringComparison.Ordinal) && u.Path.StartsWith(shared, StringComparison.Ordinal)).OrderBy(u => u.Path.Length).Select(u => (u.Path, u.Name.ToString())).ToList();
        IReadOnlyList<int[]>? curve = halls.Count > MostHallsForCurve ? null : [await reading.ByHour(0, ct), await reading.ByHour(1, ct), await reading.ByHour(7, ct)];
        var periods = halls.ConvertAll(h => h.Hours.ParsePeriods());
        var (first, last) = (periods.Min(p => p[0].From.Hour), periods.Max(p => p[^1].Until.AddMinutes(-1).Hour));
        return new(Sum(root, unit?.Kind ?? OrgUnitKind.Province, unit?.Name ?? new(texts["dashboard.all"], texts["dashboard.all"]), halls), isHall ? halls[0].Id : null, below, crumbs, curve, norm, now, first, last);
    }

    /// <summary>The longest path of whole units that all begin with: <c>/zj/hz/</c>.</summary>
    public static string Shared(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0) return "/";
        var parts = paths.Select(p => p.Split('/', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var same = parts[0].TakeWhile((part, i) => parts.TrueForAll(p => i < p.Length && p[i] == part)).ToList();
        return same.Count == 0 ? "/" : $"/{string.Join('/', same)}/";
    }

    private static string ChildOf(string root, string path)
    {
        var end = path.IndexOf('/', root.Length);
        return end < 0 ? path : path[..(end + 1)];
    }
}
