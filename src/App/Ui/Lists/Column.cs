using System.Globalization;
using Microsoft.AspNetCore.Components;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>A column of a list: on screen, on paper and in its export.</summary>
/// <param name="Key">Name in the address (<c>sort=</c>, <c>cols=</c>), lower case.</param>
/// <param name="Title">Heading, in the reader's language.</param>
/// <param name="Value">What is exported, and shown unless <see cref="Cell"/> draws it: text, number, <see cref="Money"/>, day, time, yes/no.</param>
public sealed record Column<T>(string Key, string Title, Func<T, object?> Value)
{
    /// <summary>The heading sorts; the page's query must know the key.</summary>
    public bool Sorts { get; init; }

    /// <summary>Draws the cell: a badge, a link, two lines.</summary>
    public RenderFragment<T>? Cell { get; init; }

    /// <summary>Not shown until the reader chooses it.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Figures stand at the right; null: by the type of the first value.</summary>
    public bool? IsFigure { get; init; }

    /// <summary>What a row adds to the sum below the column on paper; null: the column has no sum.</summary>
    public Func<T, Money>? Sum { get; init; }

    /// <summary>Only on screen (buttons, pictures), not in the export.</summary>
    public bool IsScreenOnly { get; init; }
}

/// <summary>How values are written for people; one place for lists, cards and exports to text.</summary>
public static class Shown
{
    public const string DayFormat = "yyyy-MM-dd";
    public const string TimeFormat = "yyyy-MM-dd HH:mm";

    /// <summary>The whole country keeps one time; moments are stored in UTC.</summary>
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public static DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    public static bool IsFigure(object? value) => value is Money or int or long or decimal or double or short;

    /// <summary>1,234.50 for money, 2026-11-23 for days, 24-hour local time for moments, a dash for nothing.</summary>
    public static string Text(object? value) => value switch
    {
        null or "" => "–",
        string text => text,
        Money money => money.ToString(),
        DateTime moment => Local(moment).ToString(TimeFormat, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString(DayFormat, CultureInfo.InvariantCulture),
        BusinessDate day => day.ToString(),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        int or long or short => ((IFormattable)value).ToString("#,##0", CultureInfo.InvariantCulture),
        decimal number => number.ToString("#,##0.######", CultureInfo.InvariantCulture),
        double number => number.ToString("#,##0.##", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
