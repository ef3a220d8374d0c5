using OpenHall.TariffFiles;

namespace OpenHall.Tests.Kernels;

public class TariffFileTests
{
    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_with_their_lines()
    {
        var tariffs = TariffFile.Parse("t.yaml", """
            tariffs:
              - code: a
                name: { zh: 甲 }
                versions:
                  - from: 2025-13-01
                    notice: n
                    source: s
                    energy:
                      cycle: weekly
                      tiers:
                        - { upTo: 100, price: half }
                        - { prise: 0.6 }
              - code: b
                name: { zh: 乙, en: B }
                versions:
                  - from: 2025-01-01
                    notice: n
                    source: s
                    energy:
                      tiers:
                        - { upTo: 100, price: 0.6 }
                        - { upTo: 90, price: 0.5 }
            """, out var findings);
        Assert.Empty(tariffs.All);
        Assert.Equal(
            [(3, "yaml.missing"), (5, "yaml.not_a_date"), (9, "yaml.not_one_of"), (11, "yaml.not_a_number"), (12, "yaml.unknown_key"),
             (22, "tariff.last_tier_ends"), (22, "tariff.tiers_not_rising"), (22, "tariff.tier_price_falls")],
            findings.Select(f => (f.Line, f.Code)));
        Assert.Equal("t.yaml:22: limit 90 is not above the one before, 100", findings[6].ToString());
        Assert.Equal("t.yaml:22: 上限 90 不高于前一档的 100", findings[6].Message(chinese: true));
    }

    [Fact]
    public void A_file_that_is_no_yaml_is_told_with_its_line()
    {
        TariffFile.Parse("t.yaml", "tariffs:\n  - code: [", out var findings);
        Assert.Equal("yaml.not_readable", Assert.Single(findings).Code);
    }

    [Fact]
    public void Every_finding_has_its_sentence_in_both_languages()
    {
        var used = Directory.GetFiles(Path.Combine(PackTariffs.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => f.Contains("/Rating/", StringComparison.Ordinal) || f.Contains("/TariffFiles/", StringComparison.Ordinal))
            .SelectMany(f => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(f), "\"((?:tariff|charge|yaml|file|household|usage|late_fee|telecom|post|fare|promotion|card|retail|demand|load|minimum|overage|power_factor)\\.[a-z_]+)\"")).Select(m => m.Groups[1].Value).Distinct();
        var known = Keys("src/TariffFiles/texts.yaml").Select(k => k.Replace("finding.", "", StringComparison.Ordinal)).Concat(Keys("src/Rating/texts.yaml").Select(k => k.Replace("rating.step.", "", StringComparison.Ordinal))).ToHashSet();
        Assert.Equal([], used.Where(code => !known.Contains(code)).ToArray());
        Assert.Equal([], Enum.GetNames<OpenHall.Rating.LineKind>().Where(k => !known.Contains($"rating.kind.{k}")).ToArray());
    }

    static IEnumerable<string> Keys(string file) => File.ReadAllLines(Path.Combine(PackTariffs.Root, file)).Select(l => l.Split(':')[0]);
}
