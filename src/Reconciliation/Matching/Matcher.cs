namespace OpenHall.Reconciliation;

/// <summary>A line of a statement, as far as matching looks at it.</summary>
/// <param name="FeeFen">Kept back by the bank: the line and its fee are what was taken; null: not told.</param>
public readonly record struct MatchLine(DateOnly Day, long AmountFen, string Reference, string OrderReference, string Note, long? FeeFen = null);

/// <summary>What the books say came in (above 0) or went out (below 0).</summary>
/// <param name="Group">Items that a bank may settle in one line: a hall's cards of one day. 0: settled alone.</param>
public readonly record struct MatchItem(DateOnly Day, long AmountFen, string Reference, string OrderReference, int Group = 0);

public enum MatchReason { Reference, ReferenceSum, AmountAndDay, GroupSum, DaySum, ByHand }

/// <param name="Lines">Places in the lines; Σ is the sum of the items (with the lines' fees).</param>
/// <param name="Items">Places in the items.</param>
public sealed record Agreed(MatchReason Reason, IReadOnlyList<int> Lines, IReadOnlyList<int> Items);

/// <param name="Differing">A line and an item of the same reference whose amounts differ.</param>
/// <param name="Twice">Lines whose reference was there before, with nothing in the books for it.</param>
/// <param name="OpenLines">Lines without an item.</param>
/// <param name="OpenItems">Items without a line.</param>
public sealed record Matches(IReadOnlyList<Agreed> Found, IReadOnlyList<(int Line, int Item)> Differing, IReadOnlyList<int> Twice, IReadOnlyList<int> OpenLines, IReadOnlyList<int> OpenItems);

/// <summary>How a kind of account is matched.</summary>
/// <param name="ByReferenceOnly">Both sides carry the channel's own number: an equal amount alone proves nothing.</param>
/// <param name="Before">Days that a line may stand before its item.</param>
/// <param name="After">Days that a line may come later.</param>
public sealed record MatchRules(bool ByReferenceOnly, int Before, int After);

/// <summary>对账勾对: statement lines against the books, from the surest reason to the weakest; what one step took no later one gets. Each step walks sorted lists or a
/// dictionary once, so a million lines take seconds.</summary>
public sealed class Matcher
{
    private readonly IReadOnlyList<MatchLine> _lines;
    private readonly IReadOnlyList<MatchItem> _items;
    private readonly MatchRules _rules;
    private readonly bool[] _lineTaken, _itemTaken;
    private readonly List<Agreed> _found = [];
    private readonly List<(int Line, int Item)> _differing = [];
    private readonly List<int> _twice = [];

    private Matcher(IReadOnlyList<MatchLine> lines, IReadOnlyList<MatchItem> items, MatchRules rules) =>
        (_lines, _items, _rules, _lineTaken, _itemTaken) = (lines, items, rules, new bool[lines.Count], new bool[items.Count]);

    public static Matches Of(IReadOnlyList<MatchLine> lines, IReadOnlyList<MatchItem> items, MatchRules rules)
    {
        var matcher = new Matcher(lines, items, rules);
        matcher.ByReference();
        if (!rules.ByReferenceOnly)
        {
            matcher.ByNote();
            matcher.ByAmount(sameDay: true);
            matcher.ByAmount(sameDay: false);
            matcher.ByGroup();
            matcher.ByDay();
        }

        return new(matcher._found, matcher._differing, matcher._twice, Open(matcher._lineTaken), Open(matcher._itemTaken));
    }

    /// <summary>A shorter number is a line's count, not a reference.</summary>
    private const int Shortest = 6;

    private static List<int> Open(bool[] taken)
    {
        var open = new List<int>();
        for (var i = 0; i < taken.Length; i++)
            if (!taken[i]) open.Add(i);
        return open;
    }

    private long Gross(int line) => _lines[line].AmountFen + (_rules.ByReferenceOnly ? 0 : _lines[line].FeeFen ?? 0);

    /// <summary>Money in and money out of one order share its reference; they are matched each by itself.</summary>
    private static (string, bool) Key(string reference, long amountFen) => (reference, amountFen > 0);

    private void ByReference()
    {
        foreach (var ours in new[] { true, false })
        {
            var items = new Chains(_items.Count);
            for (var i = 0; i < _items.Count; i++)
            {
                var reference = ours ? _items[i].OrderReference : _items[i].Reference;
                if (!_itemTaken[i] && reference.Length >= Shortest) items.Add(Key(reference, _items[i].AmountFen), i);
            }

            if (items.IsEmpty) continue;
            var lines = new Chains(_lines.Count);
            for (var l = 0; l < _lines.Count; l++)
            {
                var reference = ours ? _lines[l].OrderReference : _lines[l].Reference;
                if (_lineTaken[l] || reference.Length < Shortest) continue;
                var key = Key(reference, _lines[l].AmountFen);
                if (items.Has(key)) lines.Add(key, l);
            }

            foreach (var key in lines.Keys) Pair(lines.Of(key), items.Of(key));
        }
    }

    /// <summary>Places by reference, those of one reference linked to one another: no list for each of a million.</summary>
    private sealed class Chains(int count)
    {
        private readonly Dictionary<(string, bool), (int First, int Last)> _ends = new(count);
        private readonly int[] _next = new int[count];

        public bool IsEmpty => _ends.Count == 0;

        public IEnumerable<(string, bool)> Keys => _ends.Keys;

        public bool Has((string, bool) key) => _ends.ContainsKey(key);

        public void Add((string, bool) key, int place)
        {
            _next[place] = -1;
            if (_ends.TryGetValue(key, out var ends)) (_next[ends.Last], _ends[key]) = (place, (ends.First, place));
            else _ends[key] = (place, place);
        }

        public List<int> Of((string, bool) key)
        {
            var places = new List<int>(1);
            for (var place = _ends[key].First; place >= 0; place = _next[place]) places.Add(place);
            return places;
        }
    }

    /// <summary>Lines and items of one reference: equal amounts first, then their sums, then what is left differs or stands there twice.</summary>
    private void Pair(List<int> lines, List<int> items)
    {
        if (lines.Count == 1 && items.Count == 1 && Gross(lines[0]) == _items[items[0]].AmountFen)
        {
            Take(MatchReason.Reference, lines, items);
            return;
        }

        foreach (var line in lines)
        {
            var item = items.FindIndex(i => !_itemTaken[i] && _items[i].AmountFen == Gross(line));
            if (item >= 0) Take(MatchReason.Reference, [line], [items[item]]);
        }

        var (openLines, openItems) = (lines.FindAll(l => !_lineTaken[l]), items.FindAll(i => !_itemTaken[i]));
        if (openLines.Count > 0 && openItems.Count > 0 && openLines.Count + openItems.Count > 2 && openLines.Sum(Gross) == openItems.Sum(i => _items[i].AmountFen))
        {
            Take(MatchReason.ReferenceSum, openLines, openItems);
            return;
        }

        for (var n = 0; n < openLines.Count; n++)
        {
            _lineTaken[openLines[n]] = true;
            if (n < openItems.Count)
            {
                _itemTaken[openItems[n]] = true;
                _differing.Add((openLines[n], openItems[n]));
            }
            else
            {
                _twice.Add(openLines[n]);
            }
        }
    }

    /// <summary>Our number stands somewhere in the words of the line.</summary>
    private void ByNote()
    {
        var items = new Dictionary<string, int>();
        for (var i = 0; i < _items.Count; i++)
        {
            if (_itemTaken[i]) continue;
            if (_items[i].Reference.Length >= 6) items.TryAdd(_items[i].Reference, i);
            if (_items[i].OrderReference.Length >= 6) items.TryAdd(_items[i].OrderReference, i);
        }

        if (items.Count == 0) return;
        for (var l = 0; l < _lines.Count; l++)
        {
            if (_lineTaken[l]) continue;
            foreach (var word in Words(_lines[l].Note))
            {
                if (!items.TryGetValue(word, out var item) || _itemTaken[item] || _items[item].AmountFen != Gross(l)) continue;
                Take(MatchReason.Reference, [l], [item]);
                break;
            }
        }
    }

    private static IEnumerable<string> Words(string note)
    {
        var start = -1;
        for (var i = 0; i <= note.Length; i++)
        {
            var isInside = i < note.Length && char.IsAsciiLetterOrDigit(note[i]);
            if (isInside && start < 0) start = i;
            if (isInside || start < 0) continue;
            if (i - start >= 6) yield return note[start..i];
            start = -1;
        }
    }

    /// <summary>The same amount within the days allowed: both sides by amount and day, walked once.</summary>
    private void ByAmount(bool sameDay)
    {
        var lines = Open(_lineTaken);
        var items = Open(_itemTaken);
        lines.Sort((a, b) => Gross(a) != Gross(b) ? Gross(a).CompareTo(Gross(b)) : _lines[a].Day != _lines[b].Day ? _lines[a].Day.CompareTo(_lines[b].Day) : a.CompareTo(b));
        items.Sort((a, b) => _items[a].AmountFen != _items[b].AmountFen ? _items[a].AmountFen.CompareTo(_items[b].AmountFen) : _items[a].Day != _items[b].Day ? _items[a].Day.CompareTo(_items[b].Day) : a.CompareTo(b));
        var (before, after) = sameDay ? (0, 0) : (_rules.Before, _rules.After);
        for (var (l, i) = (0, 0); l < lines.Count && i < items.Count;)
        {
            var (line, item) = (lines[l], items[i]);
            var days = _lines[line].Day.DayNumber - _items[item].Day.DayNumber;
            if (Gross(line) < _items[item].AmountFen || Gross(line) == _items[item].AmountFen && days < -before) l++;
            else if (Gross(line) > _items[item].AmountFen || days > after) i++;
            else
            {
                Take(MatchReason.AmountAndDay, [line], [item]);
                l++;
                i++;
            }
        }
    }

    /// <summary>One line settles all of a group that is left.</summary>
    private void ByGroup()
    {
        var groups = new Dictionary<int, List<int>>();
        foreach (var i in Open(_itemTaken))
        {
            if (_items[i].Group == 0) continue;
            if (groups.TryGetValue(_items[i].Group, out var there)) there.Add(i);
            else groups[_items[i].Group] = [i];
        }

        var bySum = groups.Values.Where(g => g.Count > 1).ToLookup(g => g.Sum(i => _items[i].AmountFen));
        foreach (var line in Open(_lineTaken))
        {
            var group = bySum[Gross(line)].FirstOrDefault(g => !_itemTaken[g[0]] && IsNear(line, g[0]));
            if (group is not null) Take(MatchReason.GroupSum, [line], group);
        }
    }

    /// <summary>Several lines of one day are one item: all of the day's that are left, or two of them.</summary>
    private void ByDay()
    {
        var items = Open(_itemTaken);
        if (items.Count == 0) return;
        var byDay = Open(_lineTaken).GroupBy(l => _lines[l].Day).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var item in items)
        {
            for (var back = -_rules.Before; back <= _rules.After && !_itemTaken[item]; back++)
            {
                if (!byDay.TryGetValue(_items[item].Day.AddDays(back), out var day)) continue;
                day.RemoveAll(l => _lineTaken[l]);
                if (day.Count > 1 && day.Sum(Gross) == _items[item].AmountFen) Take(MatchReason.DaySum, [.. day], [item]);
                else if (TwoOf(day, _items[item].AmountFen) is { } two) Take(MatchReason.DaySum, two, [item]);
            }
        }
    }

    /// <summary>Days with more lines than this are only looked at as a whole.</summary>
    private const int MostOfDay = 300;

    private int[]? TwoOf(List<int> day, long sum)
    {
        if (day.Count is < 2 or > MostOfDay) return null;
        var seen = new Dictionary<long, int>();
        foreach (var line in day)
        {
            // A part has the sign of the whole.
            if (Math.Sign(Gross(line)) != Math.Sign(sum)) continue;
            if (seen.TryGetValue(sum - Gross(line), out var other)) return [other, line];
            seen.TryAdd(Gross(line), line);
        }

        return null;
    }

    private bool IsNear(int line, int item)
    {
        var days = _lines[line].Day.DayNumber - _items[item].Day.DayNumber;
        return days >= -_rules.Before && days <= _rules.After;
    }

    private void Take(MatchReason reason, IReadOnlyList<int> lines, IReadOnlyList<int> items)
    {
        foreach (var line in lines) _lineTaken[line] = true;
        foreach (var item in items) _itemTaken[item] = true;
        _found.Add(new(reason, lines, items));
    }
}
