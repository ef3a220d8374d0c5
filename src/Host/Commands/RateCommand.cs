using System.CommandLine;
using OpenHall.TariffFiles;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall rate</c>: any usage by any tariff, nothing booked. docs/rating.md describes the files.</summary>
static class RateCommand
{
    public static Command Make()
    {
        var tariff = new Option<string[]>("--tariff") { Description = "Tariff file (YAML, the packs' format) or a folder of them; may be repeated.", Required = true };
        var usage = new Option<FileInfo>("--usage") { Description = "Usage, CSV or JSON: registers, readings, load curves, calls and data, mail items, rides, cards, carts, late fees.", Required = true };
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
        IReadOnlyList<FileFinding> wrongDays = [];
        var run = new RateRun(tariffs, usagePath, accountsPath, holidaysPath is null ? null : HolidayFile.Read(holidaysPath, out wrongDays));
        var wrong = wrongTariffs.Concat(wrongDays).Concat(run.Check()).ToList();
        if (wrongTariffs.Count == 0 && tariffs.IsEmpty) wrong.Insert(0, new(string.Join(' ', tariffPaths), 0, "file.no_tariffs"));
        foreach (var finding in wrong) Console.Error.WriteLine(finding);
        if (wrong.Count > 0) return 2;
        using var output = Console.OpenStandardOutput();
        if (format == "json") BillJson.Write(run, output);
        else BillCsv.Write(run, new StreamWriter(output, new System.Text.UTF8Encoding(false), 1 << 16));
        return run.NotRated == 0 ? 0 : 1;
    }
}
