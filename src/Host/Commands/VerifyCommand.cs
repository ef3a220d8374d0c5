using System.CommandLine;
using System.Globalization;
using OpenHall.App;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall verify</c>: every promise of the rule book checked on live data; names the offending rows.</summary>
static class VerifyCommand
{
    public static Command Make()
    {
        var command = new Command("verify", "Check every promise on live data and name the rows that break one. Exit code 1 when something is wrong.");
        var options = HallArguments.AddTo(command);
        var only = new Option<string[]>("--only") { Description = "Names of checks, or their beginnings: audit, ledger.balanced", AllowMultipleArgumentsPerToken = true, HelpName = "check" };
        var list = new Option<bool>("--list") { Description = "Say which checks there are, and stop." };
        command.Options.Add(only);
        command.Options.Add(list);
        command.SetAction(async (result, ct) =>
        {
            var hall = options(result);
            if (!result.GetValue(list)) CommandLine.NeedDatabase(hall);
            await using var app = CommandLine.Open(hall);
            await using var scope = app.Services.CreateAsyncScope();
            var verification = scope.ServiceProvider.GetRequiredService<Verification>();
            if (result.GetValue(list))
            {
                foreach (var name in verification.Names) Console.WriteLine(name);
                return 0;
            }

            return await Print(verification.Run(result.GetValue(only) ?? [], ct));
        });
        return command;
    }

    private static async Task<int> Print(IAsyncEnumerable<CheckResult> results)
    {
        var (checks, wrong) = (0, 0);
        await foreach (var check in results)
        {
            checks++;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(check.IsClean ? "ok   " : "WRONG")} {check.Name,-32} {check.Took.TotalMilliseconds,8:#,##0} ms"));
            if (check.IsClean) continue;
            wrong++;
            foreach (var finding in check.Findings) Console.WriteLine($"        {finding.Row}: {finding.Problem}");
            if (check.Count > check.Findings.Count) Console.WriteLine($"        … and {HallArguments.Figure(check.Count - check.Findings.Count)} more");
        }

        Console.WriteLine(wrong == 0 ? $"{checks} checks, all clean." : $"{checks} checks, {wrong} with findings.");
        if (checks == 0) throw new CannotDo("No check has that name; see --list.");
        return wrong == 0 ? 0 : 1;
    }
}
