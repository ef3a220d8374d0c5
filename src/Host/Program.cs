using System.CommandLine;
using OpenHall.Host.Commands;

var openhall = new RootCommand("OpenHall 开厅: runs a customer service hall for a whole day.")
{
    ServeCommand.Make(),
    RateCommand.Make(),
};
return await openhall.Parse(args).InvokeAsync();
