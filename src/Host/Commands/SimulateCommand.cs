using System.CommandLine;
using System.Diagnostics;
using OpenHall.Demo;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall simulate</c>: fills an empty database with a history of any size, for trials and load.</summary>
static class SimulateCommand
{
    public static Command Make()
    {
        var usual = new DemoSize();
        var command = new Command("simulate", "Fill an empty database with made-up halls, people and days, by the real commands; the same seed gives the same history.");
        var options = HallArguments.AddTo(command);
        var seed = Figure("seed", usual.Seed, "Seed of the chance.");
        var accounts = Figure("accounts", usual.Accounts, "Accounts that are metered and billed.");
        var days = Figure("days", usual.Days, "Business days up to yesterday.");
        var visitors = Figure("visitors", usual.VisitorsADay, "Visitors a day of a hall with four clerks.");
        var months = Figure("months", usual.Months, "Months billed before the first day.");
        foreach (var option in new[] { seed, accounts, days, visitors, months }) command.Options.Add(option);
        command.SetAction(async (result, ct) =>
        {
            var size = new DemoSize(result.GetValue(seed), result.GetValue(accounts), result.GetValue(days), result.GetValue(visitors), result.GetValue(months));
            var time = Stopwatch.StartNew();
            var commands = await DemoData.Fill(options(result) with { IsDemo = true }, new SimulatedClock(), size, ct);
            Console.WriteLine($"commands {commands} number");
            Console.WriteLine(FormattableString.Invariant($"rate {commands / time.Elapsed.TotalSeconds:0} commands/s"));
            return 0;
        });
        return command;
    }

    private static Option<int> Figure(string name, int usual, string description) => new("--" + name) { Description = $"{description} Default: {usual}", DefaultValueFactory = _ => usual };
}
