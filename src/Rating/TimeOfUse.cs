using OpenHall.Kernel;

namespace OpenHall.Rating;

/// <summary>分时: which hours belong to which band, by season and kind of day. Hours stand on quarters of an hour.</summary>
/// <param name="Rules">Every month and kind of day needs exactly one rule.</param>
public sealed record TimeOfUse(IReadOnlyList<TouRule> Rules);

/// <param name="Name">Name of the season, or null.</param>
/// <param name="Months">Months 1–12.</param>
/// <param name="Days">Kinds of day.</param>
/// <param name="Hours">Spans of the day. Sharp and deep valley lie over other bands; these must not overlap and cover the day, unless there is a rest.</param>
/// <param name="Rest">Band of hours not named; null: all must be named.</param>
public sealed record TouRule(Bilingual? Name, IReadOnlyList<int> Months, IReadOnlyList<DayKind> Days, IReadOnlyList<TouHours> Hours, Band? Rest);

/// <param name="Band">Band, not <see cref="Rating.Band.Whole"/>.</param>
/// <param name="From">Minutes after midnight.</param>
/// <param name="Until">Minutes after midnight, not included; at or below <paramref name="From"/>: over midnight; 1440 is the end of the day.</param>
public readonly record struct TouHours(Band Band, int From, int Until);

/// <summary>Workday, day off of the week (make-up days are work days), public holiday.</summary>
public enum DayKind { Workday, Weekend, Holiday }

/// <summary>The hours as tables: month × kind of day × quarter of an hour, and the same by half hour and hour.</summary>
sealed class TouTable
{
    public const int Quarters = 96;

    /// <summary>A slot with more than one band in it.</summary>
    public const Band Mixed = (Band)(-1);
    readonly Band[] bands = new Band[13 * 3 * Quarters];
    readonly Band[] byHalfHour;
    readonly Band[] byHour;

    public TouTable(TimeOfUse tou)
    {
        foreach (var rule in tou.Rules)
            foreach (var month in rule.Months)
                foreach (var kind in rule.Days) Fill(bands.AsSpan((month * 3 + (int)kind) * Quarters, Quarters), rule);
        byHalfHour = Join(2);
        byHour = Join(4);
    }

    /// <summary>Bands of the quarters of a day.</summary>
    public ReadOnlySpan<Band> Of(int month, DayKind kind) => bands.AsSpan((month * 3 + (int)kind) * Quarters, Quarters);

    /// <summary>Bands of the slots of a day, each of so many quarters (1, 2, 4); <see cref="Mixed"/> where they differ.</summary>
    public ReadOnlySpan<Band> Of(int month, DayKind kind, int quarters)
    {
        var perDay = Quarters / quarters;
        return (quarters == 1 ? bands : quarters == 2 ? byHalfHour : byHour).AsSpan((month * 3 + (int)kind) * perDay, perDay);
    }

    Band[] Join(int quarters) =>
        [.. bands.Chunk(quarters).Select(slot => slot.All(b => b == slot[0]) ? slot[0] : Mixed)];

    /// <summary>Paints the bands of a day; unnamed quarters stay <see cref="Band.Whole"/>. Returns a quarter painted twice, or -1.</summary>
    public static int Fill(Span<Band> day, TouRule rule)
    {
        day.Fill(rule.Rest ?? Band.Whole);
        var twice = -1;
        Span<bool> painted = stackalloc bool[Quarters];
        foreach (var over in (ReadOnlySpan<bool>)[false, true])
        {
            painted.Clear();
            foreach (var hours in rule.Hours)
            {
                if (hours.Band is Band.Sharp or Band.DeepValley != over) continue;
                for (int q = hours.From / 15, end = hours.Until <= hours.From ? hours.Until / 15 + Quarters : hours.Until / 15; q < end; q++)
                {
                    if (painted[q % Quarters]) twice = q % Quarters;
                    painted[q % Quarters] = true;
                    day[q % Quarters] = hours.Band;
                }
            }
        }
        return twice;
    }
}
