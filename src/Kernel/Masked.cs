namespace OpenHall.Kernel;

/// <summary>Personal data as it may be shown to anyone at the counter; the full value needs a right and a reason.</summary>
public static class Masked
{
    /// <summary>Endings of a street or town in an address, longest first where one contains another.</summary>
    static readonly string[] Streets = ["街道", "大道", "大街", "胡同", "路", "街", "巷", "弄", "镇", "乡"];

    static readonly string[] Districts = ["区", "县", "旗", "市", "省"];

    /// <summary>张* whatever the length, so that the length tells nothing; Latin names keep their first letter.</summary>
    public static string Name(string name) => name.Length == 0 ? "" : name[..(char.IsHighSurrogate(name[0]) && name.Length > 1 ? 2 : 1)] + "*";

    /// <summary>First and last four stay: 1101**********0014. Short numbers are hidden whole.</summary>
    public static string ResidentId(string number) => Middle(number, 4, 4);

    /// <summary>138****8000; a landline keeps its area code and last four: 010-****5678; short numbers keep two and two.</summary>
    public static string Phone(string number)
    {
        var hyphen = number.IndexOf('-', StringComparison.Ordinal);
        if (hyphen > 0) return number[..(hyphen + 1)] + Middle(number[(hyphen + 1)..], 0, 4);
        return number.Length >= 10 ? Middle(number, 3, 4) : Middle(number, 2, 2);
    }

    /// <summary>Up to the street or town, the house hidden: 北京市东城区景山前街****; without a street up to the district.</summary>
    public static string Address(string address)
    {
        var end = EndOfFirst(address, Streets, 2);
        if (end < 0) end = EndOfFirst(address, Districts, 2);
        return (end < 0 ? address[..Math.Min(2, address.Length / 2)] : address[..end]) + "****";
    }

    /// <summary>First and last four stay: 6222********0123.</summary>
    public static string BankCard(string number) => Middle(number, 4, 4);

    static string Middle(string text, int head, int tail) =>
        text.Length <= head + tail ? new string('*', text.Length) : text[..head] + new string('*', text.Length - head - tail) + text[^tail..];

    static int EndOfFirst(string text, string[] endings, int from)
    {
        var best = -1;
        if (text.Length <= from) return best;
        foreach (var ending in endings)
        {
            var at = text.IndexOf(ending, from, StringComparison.Ordinal);
            if (at >= 0 && (best < 0 || at + ending.Length < best)) best = at + ending.Length;
        }
        return best;
    }
}
