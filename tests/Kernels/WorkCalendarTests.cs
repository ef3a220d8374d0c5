using CsCheck;
using OpenHall.Kernel;

namespace OpenHall.Tests.Kernels;

public class WorkCalendarTests
{
    /// <summary>Mon–Fri 09:00–12:00 and 13:30–17:30; 1 October off, Sunday 28 September worked.</summary>
    static readonly WorkCalendar Hall = new(
        [new(new(9, 0), new(12, 0)), new(new(13, 30), new(17, 30))],
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
        holidays: [new(2025, 10, 1), new(2025, 10, 2), new(2025, 10, 3)], makeUpDays: [new(2025, 9, 28)]);

    static DateTime Local(int month, int day, int hour, int minute = 0) =>
        new DateTime(2025, month, day, hour, minute, 0, DateTimeKind.Utc).AddHours(-8);

    [Fact]
    public void Minutes_run_over_noon_and_night_and_holidays()
    {
        Assert.Equal(Local(9, 22, 13, 45), Hall.AddWorkMinutes(Local(9, 22, 11, 30), 45)); // 30 before noon, 15 after
        Assert.Equal(Local(9, 23, 9, 10), Hall.AddWorkMinutes(Local(9, 22, 17, 20), 20));
        Assert.Equal(Local(10, 6, 9, 10), Hall.AddWorkMinutes(Local(9, 30, 17, 20), 20)); // 1–3 October off, then a weekend
        Assert.Equal(Local(9, 28, 9, 10), Hall.AddWorkMinutes(Local(9, 27, 20), 10)); // Saturday night; Sunday is a make-up day
    }

    [Fact]
    public void Work_days_do_not_count_the_first_and_end_with_business()
    {
        Assert.Equal(new DateOnly(2025, 10, 6), Hall.AddWorkDays(new DateOnly(2025, 9, 30), 1));
        Assert.Equal(new DateOnly(2025, 9, 28), Hall.AddWorkDays(new DateOnly(2025, 9, 29), -1));
        Assert.Equal(Local(9, 24, 17, 30), Hall.AddWorkDays(Local(9, 22, 8), 2));
    }

    [Fact]
    public void Time_added_is_time_counted() =>
        Gen.Select(Gen.Int[0, 60 * 24 * 40], Gen.Int[0, 5000]).Sample((start, minutes) =>
        {
            var from = Local(9, 1, 0).AddMinutes(start);
            Assert.Equal(TimeSpan.FromMinutes(minutes), Hall.WorkTimeBetween(from, Hall.AddWorkMinutes(from, minutes)));
        });

    [Fact]
    public void Overlapping_periods_are_a_mistake() =>
        Assert.Throws<ArgumentException>(() => new WorkCalendar([new(new(9, 0), new(12, 0)), new(new(11, 0), new(17, 0))], [DayOfWeek.Monday]));

    [Fact]
    public void Units_do_not_mix()
    {
        Assert.Equal("3.5 kWh", (new Quantity(1.5m, "kWh") + new Quantity(2.00m, "kWh")).ToString());
        Assert.Throws<InvalidOperationException>(() => new Quantity(1, "kWh") + new Quantity(1, "kvarh"));
    }
}
