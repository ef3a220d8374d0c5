using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>靓号等级: numbers whose end is of one of the kinds, or is one of the tails, with what they cost.</summary>
/// <param name="Deposit">预存 when it is taken.</param>
/// <param name="MonthlyLeast">Least spend a month.</param>
public sealed record NumberGrade(string Code, LocalText Name, IReadOnlyList<TailKind> Kinds, IReadOnlyList<string> Tails, Money Deposit, Money MonthlyLeast);

/// <summary>The packs' <c>numbers.yaml</c>: grades, the first that fits counts; times of the pool.</summary>
public sealed class NumberGrades
{
    /// <summary>Of a number that no grade fits.</summary>
    public const string Plain = "plain";
    private const int MostMinutes = 7 * 24 * 60, MostDays = 365;

    private readonly List<NumberGrade> _all = [];

    public IReadOnlyList<NumberGrade> All => _all;
    public TimeSpan ReserveFor { get; private set; } = TimeSpan.FromMinutes(30);
    public TimeSpan CoolFor { get; private set; } = TimeSpan.FromDays(90);

    public static NumberGrades Read(Packs packs)
    {
        var grades = new NumberGrades();
        foreach (var file in packs.Files("numbers.yaml"))
        {
            var (minutes, days) = (file.Number("reserve_minutes", 30), file.Number("cool_days", 90));
            if (minutes is < 1 or > MostMinutes) file["reserve_minutes"].Error($"reserve_minutes: 1 to {MostMinutes}");
            if (days is < 1 or > MostDays) file["cool_days"].Error($"cool_days: 1 to {MostDays}");
            (grades.ReserveFor, grades.CoolFor) = (TimeSpan.FromMinutes(minutes), TimeSpan.FromDays(days));
            foreach (var (code, node) in file["grades"].Entries) grades._all.Add(new(code, node.Local("name"), [.. Kinds(node)], node.Texts("tails"), node.Yuan("deposit_yuan"), node.Yuan("monthly_yuan")));
        }

        return grades;
    }

    public string Of(string number)
    {
        var kind = NumberPattern.TailOf(number);
        return _all.Find(g => g.Kinds.Contains(kind) || g.Tails.Any(t => number.EndsWith(t, StringComparison.Ordinal)))?.Code ?? Plain;
    }

    public NumberGrade? Find(string code) => _all.Find(g => g.Code == code);

    private static IEnumerable<TailKind> Kinds(PackNode node)
    {
        foreach (var item in node.Optional("kinds").Items)
        {
            if (Enum.TryParse<TailKind>(item.Text(), true, out var kind) && kind != TailKind.None) yield return kind;
            else item.Error("kinds: aabb, abab, abcd, aaa, aaaa, aaaaa");
        }
    }
}
