namespace OpenHall.App;

/// <summary>The person's posts by name and the way to the own account, in the top bar.</summary>
sealed class AccessFacts(Current current, Packs packs) : IShellFact
{
    public Task Fill(ShellFacts facts)
    {
        facts.PostNames = string.Join('、', current.Posts.Select(p => packs.Posts.GetValueOrDefault(p)?.Name.ToString() ?? p));
        facts.PersonLinks.Add(("/me", "me.title", "customer"));
        return Task.CompletedTask;
    }
}
