using OpenHall.App;

namespace OpenHall.Reconciliation;

/// <summary>Where the money of a statement is.</summary>
public enum MoneyAccountKind { Bank, WeChat, Alipay }

/// <summary>What a column of a statement says.</summary>
public enum ColumnRole
{
    Day, Time, In, Out, Amount, Direction, Refund, Balance, Reference, OrderReference, Party, Payer, Payee, PartyAccount, Note, Fee, Status, Currency, Account,
}

/// <summary>Layout of a bank's or channel's statement, from <c>packs/*/statements/*.yaml</c>: names of its columns, words for in and out, what is skipped.</summary>
public sealed class StatementLayout
{
    /// <summary>The layout whose names hold for all others too, and for banks that have none of their own.</summary>
    public const string Common = "common";

    private readonly Dictionary<string, (ColumnRole Role, int Rank)> _columns = [];

    private StatementLayout(PackNode file)
    {
        (Code, Name) = (file.Text("code"), file.Local("name"));
        if (!Enum.TryParse<MoneyAccountKind>(file.TextOrNull("kind") ?? "bank", ignoreCase: true, out var kind)) file.Error("kind is bank, wechat or alipay");
        Kind = kind;
        Marks = file.Texts("marks");
        foreach (var (role, names) in file.Optional("columns").Entries)
        {
            if (!Enum.TryParse<ColumnRole>(role.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var parsed)) names.Error($"'{role}' is no column of a statement");
            var rank = 0;
            foreach (var name in names.Items) _columns.TryAdd(CellText.Heading(name.Text()), (parsed, rank++));
        }

        In = Words(file, "in");
        Out = Words(file, "out");
        Skip = Words(file, "skip");
        Neutral = Words(file, "neutral");
    }

    public string Code { get; }
    public LocalText Name { get; }
    public MoneyAccountKind Kind { get; }
    /// <summary>Words above the heading that speak for this layout.</summary>
    public IReadOnlyList<string> Marks { get; }
    public IReadOnlySet<string> In { get; }
    public IReadOnlySet<string> Out { get; }
    /// <summary>States of a line that moved no money: closed, failed.</summary>
    public IReadOnlySet<string> Skip { get; }
    /// <summary>Directions that are neither in nor out.</summary>
    public IReadOnlySet<string> Neutral { get; }

    /// <summary>What a heading means here, and how good a name it is (0: the best); null: nothing.</summary>
    public (ColumnRole Role, int Rank)? Find(string heading) => _columns.TryGetValue(heading, out var found) ? found : null;

    private static HashSet<string> Words(PackNode file, string key) => [.. file.Texts(key).Select(CellText.Heading)];

    internal static StatementLayout Read(PackNode file) => new(file);
}

/// <summary>All layouts of the packs in use.</summary>
public sealed class StatementLayouts
{
    private StatementLayouts(StatementLayout common, IReadOnlyList<StatementLayout> all) => (Common, All) = (common, all);

    public StatementLayout Common { get; }

    /// <summary>The common one last.</summary>
    public IReadOnlyList<StatementLayout> All { get; }

    public StatementLayout? Find(string code) => All.FirstOrDefault(l => l.Code == code);

    public static StatementLayouts Read(Packs packs)
    {
        var layouts = new Dictionary<string, StatementLayout>();
        foreach (var pack in packs.Names)
        {
            var folder = Path.Combine(packs.Folder, pack, "statements");
            if (!Directory.Exists(folder)) continue;
            foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            {
                var file = PackNode.Read(path, $"packs/{pack}/statements/{Path.GetFileName(path)}", packs.Errors);
                var layout = StatementLayout.Read(file);
                if (!layouts.TryAdd(layout.Code, layout)) file.Error($"layout '{layout.Code}' is there twice");
            }
        }

        if (!layouts.Remove(StatementLayout.Common, out var common))
        {
            packs.Errors.Add("packs/base/statements/common.yaml", 1, "the common layout is missing");
            throw new InvalidOperationException(packs.Errors.All[^1]);
        }

        return new(common, [.. layouts.Values, common]);
    }
}
