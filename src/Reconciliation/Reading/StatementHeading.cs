namespace OpenHall.Reconciliation;

/// <summary>Where a statement's heading stands and what its columns are. It may stand below a title, and over two lines.</summary>
sealed class StatementHeading
{
    /// <summary>Rows that a heading is looked for in.</summary>
    private const int MostRows = 80;

    private readonly Dictionary<ColumnRole, int> _places;

    private StatementHeading(StatementLayout layout, int row, int rows, Dictionary<ColumnRole, int> places, IReadOnlyList<string> names, double score) =>
        (Layout, Row, Rows, _places, Names, Score) = (layout, row, rows, places, names, score);

    public StatementLayout Layout { get; }
    /// <summary>Index of its first row.</summary>
    public int Row { get; }
    /// <summary>1 or 2.</summary>
    public int Rows { get; }
    public IReadOnlyList<string> Names { get; }
    public double Score { get; }

    public bool Has(ColumnRole role) => _places.ContainsKey(role);

    public object? Cell(StatementRow row, ColumnRole role) => _places.TryGetValue(role, out var i) && i < row.Cells.Count ? row.Cells[i] : null;

    public string Text(StatementRow row, ColumnRole role) => CellText.Clean(Cell(row, role));

    /// <summary>The heading written once more, as at the top of each page.</summary>
    public bool IsAgain(StatementRow row)
    {
        var same = 0;
        for (var i = 0; i < row.Cells.Count && i < Names.Count; i++)
            if (Names[i].Length > 0 && CellText.Heading(row.Cells[i]) == Names[i]) same++;
        return same >= 3;
    }

    /// <returns>The best heading of the rows, or null when none is one.</returns>
    public static StatementHeading? Find(IReadOnlyList<StatementRow> rows, StatementLayouts layouts)
    {
        StatementHeading? best = null;
        for (var i = 0; i < rows.Count && i < MostRows; i++)
        {
            // Something that begins with a day is a line already.
            if (rows[i].Cells.Any(c => CellText.TryMoment(c, out _, out _)) && best is not null) break;
            Try(rows[i].Cells.Select(CellText.Heading).ToList(), 1);
            if (i + 1 < rows.Count && !rows[i + 1].Cells.Any(c => CellText.TryMoment(c, out _, out _))) Try(Two(rows[i], rows[i + 1]), 2);

            void Try(IReadOnlyList<string> names, int height)
            {
                if (names.Count(n => n.Length > 0) < 3) return;
                var above = string.Concat(rows.Take(i + height).Select(r => r.Joined));
                foreach (var layout in layouts.All)
                    if (Of(layout, layouts.Common, names, above, i, height) is { } heading && heading.Score > (best?.Score ?? 0)) best = heading;
            }
        }

        return best;
    }

    /// <summary>发生额 over 借方 and 贷方: the lower name counts where there is one.</summary>
    private static List<string> Two(StatementRow upper, StatementRow lower)
    {
        var names = new List<string>();
        for (var i = 0; i < Math.Max(upper.Cells.Count, lower.Cells.Count); i++)
        {
            var below = i < lower.Cells.Count ? CellText.Heading(lower.Cells[i]) : "";
            names.Add(below.Length > 0 ? below : i < upper.Cells.Count ? CellText.Heading(upper.Cells[i]) : "");
        }

        return names;
    }

    private static StatementHeading? Of(StatementLayout layout, StatementLayout common, IReadOnlyList<string> names, string above, int row, int height)
    {
        var places = new Dictionary<ColumnRole, (int Place, double Worth)>();
        var isMarked = layout.Marks.Any(m => above.Contains(m, StringComparison.OrdinalIgnoreCase));
        // What every bank calls so speaks for none of them.
        if (layout != common && !isMarked && !names.Any(n => IsOwn(layout, common, n) || IsOwn(layout, common, CellText.WithoutBrackets(n)))) return null;
        var score = isMarked ? 6.0 : 0;
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length is 0 or > 60) continue;
            var (role, worth) = RoleOf(layout, common, names[i]);
            if (role is not { } known) continue;
            score += Math.Truncate(worth);
            if (!places.TryGetValue(known, out var there) || worth > there.Worth) places[known] = (i, worth);
        }

        var hasMoney = places.ContainsKey(ColumnRole.Amount) || places.ContainsKey(ColumnRole.In) || places.ContainsKey(ColumnRole.Out);
        var hasDay = places.ContainsKey(ColumnRole.Day) || places.ContainsKey(ColumnRole.Time);
        return hasMoney && hasDay ? new(layout, row, height, places.ToDictionary(p => p.Key, p => p.Value.Place), names, score - height * 0.1) : null;
    }

    /// <summary>The layout's own name is worth 3, a common one 2, a part of a common one 1; less the later it stands in its list.</summary>
    private static (ColumnRole? Role, double Worth) RoleOf(StatementLayout layout, StatementLayout common, string name)
    {
        var shortened = CellText.WithoutBrackets(name);
        foreach (var (from, worth) in new[] { (layout, 3.0), (common, 2.0) })
        {
            if ((from.Find(name) ?? (shortened.Length > 0 ? from.Find(shortened) : null)) is { } found)
                return (found.Role, (from == common && layout == common ? 2.0 : worth) + 0.9 - Math.Min(found.Rank, 80) * 0.01);
        }

        return (StatementWords.Guess(shortened), 1.0);
    }

    private static bool IsOwn(StatementLayout layout, StatementLayout common, string name) => layout.Find(name) is not null && common.Find(name) is null;
}
