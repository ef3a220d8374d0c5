using System.CommandLine;
using OpenHall.Demo;

namespace OpenHall.Host.Commands;

/// <summary><c>openhall demo</c>: a made-up province with weeks of history, all posts ready to sign in. Made at the first start.</summary>
static class DemoCommand
{
    public static Command Make()
    {
        var command = new Command("demo", "Run the demo: two made-up halls with weeks of history. Refuses a database that it did not make.");
        var options = HallArguments.AddServingTo(command);
        command.SetAction(async (result, ct) =>
        {
            var clock = new SimulatedClock();
            var hall = options(result) with { IsDemo = true };
            await DemoData.Fill(hall, clock, new DemoSize(), ct);
            var app = HallApp.Build(hall, clock);
            SayWhoCanSignIn();
            return await ServeCommand.Run(app, ct);
        });
        return command;
    }

    private static void SayWhoCanSignIn()
    {
        Console.WriteLine($"Sign-ins, password {Province.Password}:");
        foreach (var person in DemoData.Province().Staff)
            Console.WriteLine($"  {person.Number}  {person.Name}  {string.Join(", ", person.Posts)}{(person.Hall is null ? "" : "  " + person.Hall)}");
    }
}
