namespace OpenHall.Stock;

/// <summary>靓号: what the end of a number looks like; the finest that fits.</summary>
public enum TailKind { None, Aabb, Abab, Abcd, Aaa, Aaaa, Aaaaa }

public static class NumberPattern
{
    /// <summary>Kind of a number's end.</summary>
    /// <param name="number">4 digits or more.</param>
    public static TailKind TailOf(string number)
    {
        var t = number.AsSpan()[^4..];
        var same = 1;
        while (same < number.Length && number[^(same + 1)] == number[^1]) same++;
        if (same >= 5) return TailKind.Aaaaa;
        if (same == 4) return TailKind.Aaaa;
        if (same == 3) return TailKind.Aaa;
        if (t[1] - t[0] == 1 && t[2] - t[1] == 1 && t[3] - t[2] == 1 || t[0] - t[1] == 1 && t[1] - t[2] == 1 && t[2] - t[3] == 1) return TailKind.Abcd;
        if (t[0] == t[1] && t[2] == t[3]) return TailKind.Aabb;
        return t[0] == t[2] && t[1] == t[3] ? TailKind.Abab : TailKind.None;
    }

    /// <summary>The digits from the end, so that an end is found as a beginning.</summary>
    public static string Reversed(string number) => string.Create(number.Length, number, static (to, from) =>
    {
        from.AsSpan().CopyTo(to);
        to.Reverse();
    });
}
