using OpenHall.Duties;

namespace OpenHall.Demo;

/// <summary>At the end of the day the first clerk hands her counter over to the second; now and then a key lies elsewhere.</summary>
sealed class DemoHandOvers(Actors actors, Random chance, IReadOnlyDictionary<string, string> words)
{
    private const int OddOfHundred = 15;

    public async Task Make(IReadOnlyList<SimulatedClerk> clerks, CancellationToken ct)
    {
        if (clerks is not [var giver, var taker, ..]) return;
        var draft = (await actors.As(giver.Number, (HandOverView view) => view.Of(null, ct))).Draft;
        if (draft is null) return;
        var odd = chance.Next(100) < OddOfHundred;
        var counts = draft.Items.Select(i => i.Kind == HandOverKind.Thing && odd && i.Key == "keys" ? new HandOverCount($"{i.Kind}:{i.Key}", i.Expected + 1, words["hand_over_odd"]) : new($"{i.Kind}:{i.Key}", i.Expected, null)).ToList();
        var sheet = await actors.As(giver.Number, (GiveHandOver give) => give.Handle(new(Guid.CreateVersion7(), taker.User.Id, counts, odd ? words["hand_over_matter"] : null), ct));
        await actors.As(taker.Number, (SignHandOver sign) => sign.Handle(new(Guid.CreateVersion7(), sheet, [.. counts.Select(c => c with { Words = null })]), ct));
    }
}
