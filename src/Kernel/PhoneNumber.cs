using System.Diagnostics.CodeAnalysis;

namespace OpenHall.Kernel;

public enum PhoneKind { Mobile, MobileVirtual, MobileData, Landline, Hotline400, Hotline95 }

/// <summary>Who a mobile range was issued to: 中国移动, 中国联通, 中国电信, 中国广电, satellite, emergency communication.</summary>
public enum MobileOperator { ChinaMobile, ChinaUnicom, ChinaTelecom, ChinaBroadnet, Satellite, Emergency }

/// <summary>A telephone number of the mainland, in the form dialled within the country. An existing value is valid.</summary>
/// <param name="Number">Digits; a landline as 010-12345678.</param>
/// <param name="Kind">What sort of number it is, by its range.</param>
/// <param name="Operator">Issuing operator of a mobile number, null otherwise; numbers can be ported, so it is no proof.</param>
public sealed record PhoneNumber(string Number, PhoneKind Kind, MobileOperator? Operator)
{
    /// <summary>Number ranges as issued; the longest prefix decides. Source: VincentSit/ChinaMobilePhoneNumberRegex, as of 2022-05.</summary>
    static readonly (PhoneKind Kind, MobileOperator Operator, string[] Prefixes)[] Ranges =
    [
        (PhoneKind.Mobile, MobileOperator.ChinaMobile, ["1340-1348", "135", "136", "137", "138", "139", "147", "150", "151", "152", "157", "158", "159", "172", "178",
            "182", "183", "184", "187", "188", "195", "197", "198"]),
        (PhoneKind.Mobile, MobileOperator.ChinaUnicom, ["130", "131", "132", "145", "155", "156", "166", "175", "176", "185", "186", "196"]),
        (PhoneKind.Mobile, MobileOperator.ChinaTelecom, ["133", "1349", "149", "153", "173", "17400-17405", "177", "180", "181", "189", "190", "191", "193", "199"]),
        (PhoneKind.Mobile, MobileOperator.ChinaBroadnet, ["192"]),
        (PhoneKind.Mobile, MobileOperator.Satellite, ["1749"]),
        (PhoneKind.Mobile, MobileOperator.Emergency, ["17406-17412"]),
        (PhoneKind.MobileVirtual, MobileOperator.ChinaMobile, ["165", "1703", "1705", "1706"]),
        (PhoneKind.MobileVirtual, MobileOperator.ChinaUnicom, ["167", "1704", "1707", "1708", "1709", "171"]),
        (PhoneKind.MobileVirtual, MobileOperator.ChinaTelecom, ["162", "1700", "1701", "1702"]),
        (PhoneKind.MobileData, MobileOperator.ChinaMobile, ["1440", "1441", "148"]),
        (PhoneKind.MobileData, MobileOperator.ChinaUnicom, ["146"]),
        (PhoneKind.MobileData, MobileOperator.ChinaTelecom, ["1410"]),
    ];

    static readonly Dictionary<string, (PhoneKind Kind, MobileOperator Operator)> ByPrefix =
        Ranges.SelectMany(r => r.Prefixes.SelectMany(Spread).Select(p => (p, r.Kind, r.Operator))).ToDictionary(x => x.p, x => (x.Kind, x.Operator));

    /// <summary>Accepts blanks, hyphens, brackets and +86 or 0086 in front. A landline needs its area code.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? phone)
    {
        phone = null;
        var number = new string([.. (text ?? "").Where(c => c is not (' ' or '-' or '(' or ')' or '（' or '）'))]);
        if (number.StartsWith("+86", StringComparison.Ordinal)) number = Inland(number[3..]);
        else if (number.StartsWith("0086", StringComparison.Ordinal)) number = Inland(number[4..]);
        if (!number.AsSpan().ContainsOnlyDigits() || number.Length is < 5 or > 13) return false;
        phone = number[0] switch
        {
            '1' => Mobile(number),
            '0' => Landline(number),
            '4' when number.Length == 10 && number.StartsWith("400", StringComparison.Ordinal) => new(number, PhoneKind.Hotline400, null),
            '9' when number.Length is >= 5 and <= 8 && number[1] == '5' => new(number, PhoneKind.Hotline95, null),
            _ => null,
        };
        return phone is not null;
    }

    /// <summary>After the country code the trunk 0 of a landline is not dialled: it is put back.</summary>
    static string Inland(string number) => number.Length > 0 && number[0] is '0' or '1' && number.Length == 11 ? number
        : number.StartsWith("400", StringComparison.Ordinal) || number.StartsWith("95", StringComparison.Ordinal) && number.Length <= 8 || number.StartsWith('0') ? number
        : "0" + number;

    static PhoneNumber? Mobile(string number)
    {
        for (var length = Math.Min(5, number.Length); length >= 3; length--)
            if (ByPrefix.TryGetValue(number[..length], out var range))
                return number.Length == (range.Kind == PhoneKind.MobileData ? 13 : 11) ? new(number, range.Kind, range.Operator) : null;
        return null;
    }

    /// <summary>010 and 02x: three digits and eight more; other area codes 03xx to 09xx: four digits and seven or eight more.</summary>
    static PhoneNumber? Landline(string number)
    {
        var area = number[1] is '1' or '2' ? 3 : 4;
        var local = number.Length - area;
        if (number[1] is '0' || number.StartsWith("01", StringComparison.Ordinal) && number[2] != '0') return null;
        if (local != 8 && (area == 3 || local != 7) || number[area] is '0' or '1') return null;
        return new($"{number[..area]}-{number[area..]}", PhoneKind.Landline, null);
    }

    static IEnumerable<string> Spread(string range)
    {
        if (range.Split('-') is not [var first, var last]) return [range];
        var from = int.Parse(first, System.Globalization.CultureInfo.InvariantCulture);
        var to = int.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
        return Enumerable.Range(from, to - from + 1).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public override string ToString() => Masked.Phone(Number);
}
