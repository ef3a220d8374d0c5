using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.TariffFiles;

/// <summary>Public holidays and the days worked for them: lines "2025-10-01,holiday" and "2025-09-28,workday". Saturdays and Sundays are off otherwise.</summary>
public static class HolidayFile
{
    /// <param name="path">A CSV; a heading is passed over.</param>
    /// <param name="findings">Lines that say neither.</param>
    public static WorkCalendar Read(string path, out IReadOnlyList<FileFinding> findings)
    {
        var wrong = new Findings(path);
        List<DateOnly> off = [], worked = [];
        try
        {
            using var reader = new StreamReader(path);
            foreach (var (line, fields) in CsvText.Read(reader))
            {
                if (fields.Length < 2) wrong.Add(line, "usage.field_count", fields.Length, 2);
                else if (!DateOnly.TryParseExact(fields[0].Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { if (line > 1) wrong.Add(line, "usage.not_a_date", "day", fields[0]); }
                else if (fields[1].Trim() == "holiday") off.Add(day);
                else if (fields[1].Trim() == "workday") worked.Add(day);
                else wrong.Add(line, "usage.not_one_of", "kind", fields[1], "holiday, workday");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            wrong.Add(0, "file.not_readable", e.Message);
        }
        findings = wrong.All;
        return new([new(TimeOnly.MinValue, TimeOnly.MinValue)], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], off, worked);
    }
}
