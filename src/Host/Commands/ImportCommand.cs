using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall import</c>: a file of meter readings, checked whole before anything is written.</summary>
static class ImportCommand
{
    public static Command Make()
    {
        var command = new Command("import", "Import a file of meter readings (CSV or XLSX): checked whole, each mistake with its line; all of it or nothing. Exit code 1 when a line is wrong.");
        var options = HallArguments.AddTo(command);
        var file = new Argument<string>("file") { Description = "The file of readings." };
        var who = new Option<string>("--as") { Description = "Staff number of the person it is done for; needs the right to import readings.", Required = true, HelpName = "number" };
        var checkOnly = new Option<bool>("--check") { Description = "Only check; write no reading." };
        command.Arguments.Add(file);
        command.Options.Add(who);
        command.Options.Add(checkOnly);
        command.SetAction(async (result, ct) =>
        {
            var hall = options(result);
            CommandLine.NeedDatabase(hall);
            var path = result.GetValue(file)!;
            if (!File.Exists(path)) throw new CannotDo($"{path} is not there.");
            await using var app = CommandLine.Open(hall);
            await HallApp.Prepare(app, ct);
            await using var scope = app.Services.CreateAsyncScope();
            await Become(scope.ServiceProvider, result.GetValue(who)!, ct);
            return await Import(scope.ServiceProvider, path, result.GetValue(checkOnly), ct);
        });
        return command;
    }

    private static async Task<int> Import(IServiceProvider services, string path, bool checkOnly, CancellationToken ct)
    {
        var import = services.GetRequiredService<ImportReadings>();
        var id = await import.Handle(Guid.CreateVersion7(), Path.GetFileName(path), await File.ReadAllBytesAsync(path, ct), ct);
        var report = (await services.GetRequiredService<HallDb>().ReadingImports.SingleAsync(i => i.Id == id, ct)).Report;
        var texts = services.GetRequiredService<Texts>();
        foreach (var mistake in report.Mistakes) Console.WriteLine($"{path}:{mistake.Line}: {texts["refused." + mistake.Code, [.. mistake.Values]]}");
        if (report.MistakeCount > 0)
        {
            Console.WriteLine($"{HallArguments.Figure(report.MistakeCount)} lines are wrong; nothing was written.");
            return 1;
        }

        Console.WriteLine(checkOnly
            ? $"{HallArguments.Figure(report.GoodLines)} readings are right; nothing was written."
            : $"{HallArguments.Figure(await import.Handle(new ImportReadings.Confirm(Guid.CreateVersion7(), id), ct))} readings imported.");
        return 0;
    }

    /// <summary>Whoever may run this command has the data in hand already; the audit trail still says for whom it was done.</summary>
    private static async Task Become(IServiceProvider services, string staffNumber, CancellationToken ct)
    {
        var name = StaffNumbers.Normal(staffNumber);
        var user = await services.GetRequiredService<HallDb>().Staff.SingleOrDefaultAsync(u => u.NormalizedUserName == name && !u.HasLeft, ct)
            ?? throw new CannotDo($"There is nobody with the number {staffNumber}.");
        services.GetRequiredService<Current>().Become(user, services.GetRequiredService<Packs>().PermissionsOf(user.Posts.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}
