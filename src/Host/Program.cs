using System.CommandLine;
using OpenHall.Host;
using OpenHall.Host.Commands;
using OpenHall.Kernel;

var openhall = new RootCommand("OpenHall 开厅: runs a customer service hall for a whole day, from the first ticket to the closed books.")
{
    ServeCommand.Make(),
    DemoCommand.Make(),
    SimulateCommand.Make(),
    RateCommand.Make(),
    MigrateCommand.Make(),
    VerifyCommand.Make(),
    BackupCommand.Make(),
    RestoreCommand.Make(),
    ImportCommand.Make(),
    AuditHeadsCommand.Make(),
};
try
{
    // Stopping is the application's own business (it finishes what is under way), so no time limit is set on it here.
    return await openhall.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is ConfigurationWrong or CannotDo)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
catch (Refused refusal)
{
    await Console.Error.WriteLineAsync(CommandLine.Sentence(refusal));
    return 2;
}
catch (Exception bug)
{
    await Console.Error.WriteLineAsync(bug.ToString());
    return 3;
}
