using System.CommandLine;
using System.Globalization;
using OpenHall.Kernel;
using OpenHall.TariffFiles;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall rate</c>: any usage by any tariff, nothing booked. docs/rating.md describes the files.</summary>
static class RateCommand
{
    public static Command Make()
    {
        var tariff = new Option<string[]>("--tariff") { Description = "Tariff file (YAML, the packs' format) or a folder of them; may be repeated.", Required = true };
        var usage = new Option<FileInfo>("--usage") { Description = "Usage, CSV or JSON: registers, readings, load curves, calls and data, mail items, rides, late fees.", Required = true };
        var accounts = new Option<FileInfo?>("--accounts") { Description = "For intervals: facts of each account (CSV or JSON)." };
        var holidays = new Option<FileInfo?>("--holidays") { Description = "For load curves and late fees: CSV with day and kind (holiday or workday)." };
        var format = new Option<string>("--out") { Description = "csv: one line per bill; json: with every line and step.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json");
        var command = new Command("rate", "Rate usage by a tariff, without booking anything.") { tariff, usage, accounts, holidays, format };
        command.SetAction(result => Run(result.GetRequiredValue(tariff), result.GetRequiredValue(usage).FullName, result.GetValue(accounts)?.FullName,
            result.GetValue(holidays)?.FullName, result.GetRequiredValue(format)));
        return command;
    }

    /// <returns>0: all rated; 1: some rows could not be rated (their error stands in the output); 2: a file is wrong, nothing was rated.</returns>
    static int Run(string[] tariffPaths, string usagePath, string? accountsPath, string? holidaysPath, string format)
    {
        var tariffs = TariffFile.Load(tariffPaths, out var wrongTariffs);
        var calendar = holidaysPath is null ? null : Holidays(holidaysPath);
        var bills = RateRun.Run(tariffs, usagePath, accountsPath, calendar, out var wrongUsage);
        foreach (var finding in wrongTariffs.Concat(wrongUsage)) Console.Error.WriteLine(finding);
        if (wrongTariffs.Count + wrongUsage.Count > 0) return 2;
        if (format == "json")
        {
            using var output = Console.OpenStandardOutput();
            RateRun.WriteJson(bills, output);
        }
        else
        {
            RateRun.WriteCsv(bills, Console.Out);
        }
        return bills.All(b => b.Bill.IsRated) ? 0 : 1;
    }

    /// <summary>Lines "2025-10-01,holiday" and "2025-09-28,workday"; a heading is passed over.</summary>
    static WorkCalendar Holidays(string path)
    {
        var days = File.ReadLines(path).Select(l => l.Split(','))
            .Where(f => f.Length >= 2 && DateOnly.TryParseExact(f[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Select(f => (Day: DateOnly.ParseExact(f[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), Kind: f[1].Trim())).ToList();
        return new([new(TimeOnly.MinValue, TimeOnly.MinValue)], [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
            days.Where(d => d.Kind == "holiday").Select(d => d.Day), days.Where(d => d.Kind == "workday").Select(d => d.Day));
    }
}
