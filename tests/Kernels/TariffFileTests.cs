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
    public void A_late_fee_out_of_range_is_told()
    {
        TariffFile.Parse("t.yaml", """
            lateFees:
              - { code: a, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, perDay: 0.001, perDayAfterNewYear: 0.3 }
              - { code: b, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, perDay: 0.001, minimumYuan: -1 }
            """, out var findings);
        Assert.Equal([(2, "late_fee.rate_out_of_range"), (3, "late_fee.negative")], findings.Select(f => (f.Line, f.Code)));
    }

    [Fact]
    public void Plans_posts_fares_and_price_lists_are_checked_with_their_lines()
    {
        TariffFile.Parse("t.yaml", """
            plans:
              - { code: p, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, monthlyFee: 10, overages: [
                  { service: data, unit: MB, bundles: [{ size: 100, yuan: 5 }, { size: 50, yuan: 9 }], bundleRule: covering },
                  { service: voice, unit: min, perUnit: 1, block: 5, tiers: [{ upTo: 5, perUnit: 1 }] }],
                  discounts: [{ code: d, name: { zh: 甲, en: A }, percent: 5, yuan: 3 }] }
            posts:
              - code: m
                name: { zh: 甲, en: A }
                from: 2025-01-01
                notice: n
                source: s
                products:
                  - { code: letter, name: { zh: 信, en: L }, extras: [registered], steps: [{ upTo: 20, yuan: 1 }, { upTo: 10, yuan: 2 }] }
            fares:
              - { code: f, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, steps: [{ upToKm: 6, yuan: 3 }, { upToKm: 5, yuan: 4 }] }
            cards:
              - { code: c, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, depositYuan: 20, refundFee: { minimumYuan: 5, maximumYuan: 1 } }
            priceLists:
              - { code: l, name: { zh: 甲, en: A }, from: 2025-01-01, notice: n, source: s, goods: { tea: { name: { zh: 茶, en: Tea }, yuan: 5, memberYuan: 6 } } }
            """, out var findings);
        Assert.Equal([(3, "tariff.tiers_not_rising"), (4, "telecom.one_price_rule"), (5, "telecom.percent_or_yuan"), (13, "post.extra_unknown"), (13, "tariff.tiers_not_rising"), (15, "tariff.tiers_not_rising"),
            (17, "card.fee_limits_wrong"), (19, "retail.member_price_higher")], findings.Select(f => (f.Line, f.Code)).Order());
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
