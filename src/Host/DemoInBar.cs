using OpenHall.App;

namespace OpenHall.Host;

/// <summary>Says on every page that the hall is a demo.</summary>
sealed class DemoInBar(HallOptions options) : IShellFact
{
    public Task Fill(ShellFacts facts)
    {
        facts.IsDemo = options.IsDemo;
        return Task.CompletedTask;
    }
}
