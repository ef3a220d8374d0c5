using OpenHall.Rating;
using OpenHall.TariffFiles;

namespace OpenHall.Tests.Kernels;

/// <summary>A tariff written in a test, as a stranger would write it in a file.</summary>
static class OwnTariff
{
    /// <summary>One version from 2020 on with these charges.</summary>
    public static CompiledTariff Of(string version)
    {
        var tariffs = TariffFile.Parse("t", Text(version), out var findings);
        Assert.Empty(findings);
        return tariffs["t"];
    }

    public static string Text(string version) =>
        $"tariffs:\n  - code: t\n    name: {{ zh: 甲, en: A }}\n    versions:\n      - from: 2020-01-01\n        notice: n\n        source: s\n" + string.Join('\n', version.Split('\n').Select(l => "        " + l));

    public static string Rate(string version, Usage usage) => Of(version).Rate(usage).Show();

    /// <summary>What forbids publishing, as line and code.</summary>
    public static (int Line, string Code)[] Wrong(string version)
    {
        TariffFile.Parse("t", Text(version), out var findings);
        return [.. findings.Select(f => (f.Line - 7, f.Code))];
    }

    /// <summary>A plan from 2020 on.</summary>
    public static CompiledPlan Plan(string keys)
    {
        var tariffs = TariffFile.Parse("t", "plans:\n  - code: t\n    name: { zh: 甲, en: A }\n    from: 2020-01-01\n    notice: n\n    source: s\n" + string.Join('\n', keys.Split('\n').Select(l => "    " + l)), out var findings);
        Assert.Empty(findings);
        return tariffs.Plans["t"];
    }
}
