using System.CommandLine;
using OpenHall.App;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall audit-heads</c>: writes where the audit trail's lanes stand now, to be kept elsewhere (the nightly job does it too).</summary>
static class AuditHeadsCommand
{
    public static Command Make()
    {
        var command = new Command("audit-heads", "Write the heads of the audit trail to a file; kept elsewhere, it shows later whether lines were cut off.");
        var options = HallArguments.AddTo(command);
        var folder = new Option<string?>("--to") { Description = "Folder of the file. Default: audit-heads in the data folder", HelpName = "folder" };
        command.Options.Add(folder);
        command.SetAction(async (result, ct) =>
        {
            var hall = options(result);
            CommandLine.NeedDatabase(hall);
            await using var app = CommandLine.Open(hall);
            await using var scope = app.Services.CreateAsyncScope();
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, JobLimits.Zone));
            var heads = await AuditDayHeads.Of(scope.ServiceProvider.GetRequiredService<HallDb>(), day, now, ct);
            var path = await heads.Write(result.GetValue(folder) ?? Path.Combine(hall.DataFolder, "audit-heads"), ct);
            Console.WriteLine($"{path}\n{HallArguments.Figure(heads.Lanes.Sum(l => l.Lines))} lines, hash over all lanes {heads.Hash}");
            return 0;
        });
        return command;
    }
}
