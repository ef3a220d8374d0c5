using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>The duties of all posts and the places with a code, from the packs in force.</summary>
public sealed class DutyPlans
{
    /// <summary>In place of a post: everybody.</summary>
    public const string AllPosts = "all";

    private readonly Dictionary<string, DutyPlan> _plans = [];
    private readonly Dictionary<string, LocalText> _spots = [];
    private readonly List<TrainingQuestion> _questions = [];

    /// <summary>In the order of the packs.</summary>
    public IReadOnlyCollection<DutyPlan> All => _plans.Values;

    /// <summary>Places of a hall that have a code to be scanned, by their code.</summary>
    public IReadOnlyDictionary<string, LocalText> Spots => _spots;

    /// <summary>Asked one a day at the meeting before opening.</summary>
    public IReadOnlyList<TrainingQuestion> Questions => _questions;

    /// <summary>Null: the packs have it no more.</summary>
    public DutyPlan? Find(string code) => _plans.GetValueOrDefault(code);

    public string NameOf(string code) => Find(code)?.Name.ToString() ?? code;

    public IEnumerable<DutyPlan> Of(IEnumerable<string> posts) => _plans.Values.Where(p => p.Post == AllPosts || posts.Contains(p.Post));

    public IEnumerable<DutyPlan> On(DutyFact fact) => _plans.Values.Where(p => p.When.On == fact);

    public static DutyPlans Read(Packs packs)
    {
        var plans = new DutyPlans();
        foreach (var file in packs.Files("duties.yaml"))
        {
            foreach (var (code, _) in file.Optional("spots").Entries) plans._spots[code] = file["spots"].Local(code);
            foreach (var question in file.Optional("questions").Items) plans._questions.Add(new(question.Local("ask"), question.Local("answer")));
            foreach (var (code, node) in file.Optional("duties").Entries)
            {
                if (!plans._plans.TryAdd(code, DutyReader.Read(code, node, packs, plans._spots))) node.Error($"duty '{code}' is there twice");
            }
        }

        return plans;
    }
}

/// <summary>培训问题 of the day.</summary>
public sealed record TrainingQuestion(LocalText Ask, LocalText Answer);
