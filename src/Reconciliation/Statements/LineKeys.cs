using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenHall.Reconciliation;

/// <summary>A line's own key: the same line in another file, of another layout or of an overlapping time, has the same one. By the bank's number where there is one, else
/// by the balance after it, else by all that is told; lines alike in all of it are counted through the day.</summary>
public static class LineKeys
{
    public static IReadOnlyList<string> Of(IReadOnlyList<ReadLine> lines)
    {
        var seen = new Dictionary<string, int>(lines.Count);
        var keys = new string[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var told = line.Reference.Length > 0 ? "r" + line.Reference
                : line.BalanceFen is { } balance ? string.Create(CultureInfo.InvariantCulture, $"b{balance}")
                : string.Create(CultureInfo.InvariantCulture, $"t{line.Time:HHmmss}|{line.OrderReference}|{line.Party}|{line.PartyAccount}|{line.Note}");
            var plain = string.Create(CultureInfo.InvariantCulture, $"{line.Day:yyyyMMdd}|{line.AmountFen}|{told}");
            seen[plain] = seen.GetValueOrDefault(plain) + 1;
            keys[i] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{plain}|{seen[plain]}"))).AsSpan(0, 16));
        }

        return keys;
    }
}
