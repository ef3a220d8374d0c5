namespace OpenHall.App;

/// <summary>The way to the own account, in the top bar.</summary>
sealed class AccessFacts : IShellFact
{
    public Task Fill(ShellFacts facts)
    {
        facts.PersonLinks.Add(("/me", "me.title", "customer"));
        return Task.CompletedTask;
    }
}
