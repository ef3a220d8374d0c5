using System.Globalization;
using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Reads one duty of a pack; each mistake is told with file and line, and reading goes on.</summary>
static class DutyReader
{
    public const int MostCodeLength = 12, MostItems = 30;
    private const int MostMinutes = 24 * 60, LeastStep = 5;

    private static readonly Dictionary<string, Standing> StandingWords = new() { ["visit"] = Standing.Visit, ["continuous"] = Standing.Continuous, ["event"] = Standing.Event };
    private static readonly string[] TimeWords = ["before_opening", "at_opening", "every", "at", "hand_over", "at_closing", "day", "on"];

    public static DutyPlan Read(string code, PackNode node, Packs packs, IReadOnlyDictionary<string, LocalText> spots)
    {
        if (code.Length is 0 or > MostCodeLength) node.Error($"a duty's code has 1 to {MostCodeLength} characters");
        var when = Time(node);
        var post = node.Text("post");
        if (post != DutyPlans.AllPosts && !packs.Posts.ContainsKey(post)) node["post"].Error($"there is no post '{post}'");
        if (post == DutyPlans.AllPosts && when.Kind != DutyTimeKind.Standing) node["post"].Error("what everybody does all the time has no hours: give it to a post");
        var tell = node.TextOrNull("tell");
        if (tell is not null && !packs.Posts.ContainsKey(tell)) node["tell"].Error($"there is no post '{tell}'");
        var page = node.TextOrNull("page") ?? "/my-day";
        if (page is not ['/', ..]) node["page"].Error("page is an address of this program, /…");
        var atClose = Word<AtDayClose>(node, "closing") ?? AtDayClose.Nothing;
        if (atClose != AtDayClose.Nothing && when.Kind == DutyTimeKind.Standing) node["closing"].Error("only a duty with hours can stand against closing");
        return new(code, packs.Names.First(n => node.File == $"packs/{n}/duties.yaml"), post, node.Local("name"), [.. Both(node, "steps")], when, Proof(node, spots), node.Flag("each"), tell, page, node.Local("evidence"), atClose);
    }

    private static DutyTime Time(PackNode duty)
    {
        var node = duty["when"];
        if (!node.Entries.Any())
        {
            if (!StandingWords.TryGetValue(node.Text(), out var standing)) node.Error("when is visit, continuous, event, or { hours }");
            return new(DutyTimeKind.Standing, 0, 0, [], [], [], [], null, standing, false);
        }

        var words = TimeWords.Where(node.Has).ToList();
        if (words.Count != 1)
        {
            node.Error($"when has one of {string.Join(", ", TimeWords)}");
            return new(DutyTimeKind.Standing, 0, 0, [], [], [], [], null, Standing.Event, false);
        }

        var kind = (DutyTimeKind)Array.IndexOf(TimeWords, words[0]);
        var isNumber = kind is not (DutyTimeKind.AtTimes or DutyTimeKind.On);
        var given = isNumber ? node[words[0]].Number() : 0;
        var minutes = duty.Number("minutes", isNumber && given > 0 ? given : 60);
        if (isNumber && given is < 0 or > MostMinutes || minutes is < 1 or > MostMinutes) node.Error($"minutes are from 1 to {MostMinutes}");
        if (kind == DutyTimeKind.Every && given < LeastStep) node.Error($"every is {LeastStep} minutes or more");
        if (kind is DutyTimeKind.BeforeOpening or DutyTimeKind.Day) minutes = Math.Max(1, given);
        return new(kind, minutes, Math.Max(LeastStep, given), [.. Times(node)], Numbers(node, "weekdays", 1, 7), Numbers(node, "days", 0, 31), Numbers(node, "months", 1, 12), Word<DutyFact>(node, "on"), null, node.Flag("until_closing"));
    }

    private static IEnumerable<TimeOnly> Times(PackNode node)
    {
        foreach (var time in node.Optional("at").Items)
        {
            if (TimeOnly.TryParseExact(time.Text(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) yield return read;
            else time.Error("a time is written 09:30, in quotes");
        }
    }

    private static int[] Numbers(PackNode node, string key, int least, int most)
    {
        var found = node.Optional(key).Items.Select(i => i.Number()).ToArray();
        if (found.Any(n => n < least || n > most)) node[key].Error($"{key} are from {least} to {most}");
        return found;
    }

    private static DutyProof Proof(PackNode node, IReadOnlyDictionary<string, LocalText> spots)
    {
        var items = node.Optional("items").Items.Select(Item).ToList();
        if (items.Count > MostItems) node["items"].Error($"a checklist has at most {MostItems} lines");
        var spot = node.TextOrNull("scan");
        if (spot is not null && !spots.ContainsKey(spot)) node["scan"].Error($"there is no spot '{spot}' above the duties");
        var fact = Word<DutyFact>(node, "fact");
        if (fact is not null && (items.Count > 0 || spot is not null || node.Flag("photo") || node.Flag("file"))) node["fact"].Error("what the system ticks asks nothing of people");
        return new(items, node.Flag("photo"), node.Flag("file"), spot, fact);
    }

    private static DutyItem Item(PackNode node)
    {
        if (!node.Entries.Any()) return new(node.Local());
        if (!node.Has("unit")) return new(node.Local("name"), IsRequest: node.Flag("request"));
        var (least, most) = (Milli(node, "least"), Milli(node, "most"));
        if (least > most) node.Error("least is not more than most");
        return new(node.Local("name"), node.Local("unit"), least, most);
    }

    private static long? Milli(PackNode node, string key) => node.DecimalOrNull(key) is { } number ? (long)(number * DutyItem.Thousandths) : null;

    private static IEnumerable<LocalText> Both(PackNode node, string key) => node.Optional(key).Items.Select(i => i.Local());

    /// <summary>A word of ours, written till_opened.</summary>
    private static T? Word<T>(PackNode node, string key) where T : struct, Enum
    {
        if (node.TextOrNull(key) is not { } word) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Conventions.Snake(value.ToString()) == word) return value;
        }

        node[key].Error($"{key} is one of {string.Join(", ", Enum.GetNames<T>().Select(Conventions.Snake))}");
        return null;
    }
}
