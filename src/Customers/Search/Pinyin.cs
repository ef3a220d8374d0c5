using System.Collections.Concurrent;
using System.Text;
using Icu;

namespace OpenHall.Customers;

/// <summary>How a Chinese name is spelled in Latin letters, for searching: full (<c>zhangsan</c>) and by initials (<c>zs</c>).
/// ü is written v, as input methods want it. A name whose surname is read in a special way has both readings.</summary>
public static class Pinyin
{
    /// <summary>多音字 surnames: the surname's reading where it differs from the usual one. Source: 现代汉语词典, 姓氏用字 readings.</summary>
    private static readonly Dictionary<string, string[]> Surnames = new()
    {
        ["万俟"] = ["mo", "qi"], ["尉迟"] = ["yu", "chi"], ["长孙"] = ["zhang", "sun"], ["澹台"] = ["tan", "tai"], ["宰父"] = ["zai", "fu"],
        ["单"] = ["shan"], ["曾"] = ["zeng"], ["解"] = ["xie"], ["仇"] = ["qiu"], ["区"] = ["ou"], ["朴"] = ["piao"], ["查"] = ["zha"], ["盖"] = ["ge"],
        ["缪"] = ["miao"], ["乐"] = ["yue"], ["翟"] = ["zhai"], ["覃"] = ["qin"], ["秘"] = ["bi"], ["冼"] = ["xian"], ["洗"] = ["xian"], ["折"] = ["she"],
        ["种"] = ["chong"], ["员"] = ["yun"], ["繁"] = ["po"], ["黑"] = ["he"], ["重"] = ["chong"], ["牟"] = ["mou"], ["晟"] = ["cheng"], ["召"] = ["shao"],
        ["訾"] = ["zi"], ["隗"] = ["wei"], ["柏"] = ["bai"], ["曲"] = ["qu"], ["尉"] = ["wei"], ["吾"] = ["wu"], ["谌"] = ["chen"], ["句"] = ["gou"],
    };

    private static readonly ConcurrentDictionary<char, string> Syllables = new();
    private static readonly Lock Gate = new();
    private static readonly Lazy<Transliterator> HanLatin = new(() =>
    {
        Wrapper.Init();
        return Transliterator.CreateInstance("Han-Latin");
    });

    /// <summary>All spellings of a name, full and by initials; empty for a name without Chinese characters.</summary>
    public static IReadOnlyCollection<string> Of(string name)
    {
        if (!name.Any(IsHan)) return [];
        var usual = name.Select(SyllableOf).ToArray();
        var all = new HashSet<string>();
        Add(all, usual);
        var surname = Surnames.ContainsKey(name[..Math.Min(2, name.Length)]) ? name[..2] : name[..1];
        if (Surnames.TryGetValue(surname, out var read)) Add(all, [.. read, .. usual.Skip(surname.Length)]);
        return all;
    }

    private static void Add(HashSet<string> all, string[] syllables)
    {
        all.Add(string.Concat(syllables));
        all.Add(string.Concat(syllables.Where(s => s.Length > 0).Select(s => s[0])));
    }

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF';

    /// <summary>Characters repeat from name to name: each is asked of ICU once, whose transliterator serves one caller at a time.</summary>
    private static string SyllableOf(char c) => Syllables.GetOrAdd(c, static c =>
    {
        if (char.IsAsciiLetterOrDigit(c)) return char.ToLowerInvariant(c).ToString();
        if (!IsHan(c)) return "";
        lock (Gate) return Plain(HanLatin.Value.Transliterate(c.ToString()));
    });

    private static string Plain(string accented)
    {
        var plain = new StringBuilder();
        foreach (var c in accented.ToLowerInvariant())
        {
            if (c is 'ü' or 'ǖ' or 'ǘ' or 'ǚ' or 'ǜ') plain.Append('v');
            else plain.Append(c.ToString().Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetter).ToArray());
        }

        return plain.ToString();
    }
}
