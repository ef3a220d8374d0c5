using System.Diagnostics.CodeAnalysis;

namespace OpenHall.Kernel;

/// <summary>统一社会信用代码: the 18-character code of a legal person or organisation. An existing value is valid.</summary>
/// <remarks>Source: GB 32100-2015 (registering body, kind, region, organisation code, check character mod 31); the organisation code inside it
/// carries its own check character, GB 11714-1997.</remarks>
public sealed record SocialCreditCode
{
    const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    public string Code { get; }

    /// <summary>组织机构代码: characters 9 to 17.</summary>
    public string OrganisationCode => Code[8..17];

    SocialCreditCode(string code) => Code = code;

    /// <summary>Accepts lower case and surrounding blanks; false for a wrong length, character, region or either check character.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SocialCreditCode? code)
    {
        code = null;
        var candidate = text?.Trim().ToUpperInvariant() ?? "";
        if (candidate.Length != 18 || candidate.AsSpan().ContainsAnyExcept(Alphabet)) return false;
        if (!candidate.AsSpan(2, 6).ContainsOnlyDigits()) return false;
        if (candidate[17] != CheckCharacter(candidate) || candidate[16] != OrganisationCheck(candidate.AsSpan(8, 8))) return false;
        code = new(candidate);
        return true;
    }

    /// <summary>Check character of the first 17 characters, all of the code's alphabet.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += Alphabet.IndexOf(first17[i], StringComparison.Ordinal) * Weights[i];
        return Alphabet[(31 - sum % 31) % 31];
    }

    static char OrganisationCheck(ReadOnlySpan<char> first8)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++) sum += (char.IsAsciiDigit(first8[i]) ? first8[i] - '0' : first8[i] - 'A' + 10) * OrganisationWeights[i];
        return "0123456789X"[(11 - sum % 11) % 11];
    }

    public override string ToString() => Code;
}
