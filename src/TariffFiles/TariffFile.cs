using OpenHall.Rating;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OpenHall.TariffFiles;

/// <summary>Tariffs of the packs' YAML files. The format is described in README.md of this folder.</summary>
public static class TariffFile
{
    /// <summary>Most characters of one file: tariffs are small, and a wrong path may lead to anything.</summary>
    const int MostCharacters = 4_000_000;

    /// <summary>Reads every <c>*.yaml</c> of the directories, checks all, and compiles what is free of findings.</summary>
    /// <param name="directories">Folders such as packs/power/tariffs, their files in order of name; or single files.</param>
    /// <param name="findings">Everything wrong in all files at once; empty when all is well. A missing folder is a finding.</param>
    public static Tariffs Load(IEnumerable<string> directories, out IReadOnlyList<FileFinding> findings)
    {
        var all = new List<FileFinding>();
        var tariffs = new List<Tariff>();
        var lateFees = new List<LateFeeRule>();
        var seen = new HashSet<string>();
        foreach (var directory in directories)
        {
            if (File.Exists(directory)) { ReadInto(directory, File.ReadAllText(directory), tariffs, lateFees, seen, all); continue; }
            if (!Directory.Exists(directory)) { all.Add(new(directory, 0, "file.no_directory")); continue; }
            foreach (var file in Directory.GetFiles(directory, "*.yaml").Order(StringComparer.Ordinal)) ReadInto(file, File.ReadAllText(file), tariffs, lateFees, seen, all);
        }
        findings = all;
        return new(tariffs, lateFees);
    }

    /// <inheritdoc cref="Load(IEnumerable{string}, out IReadOnlyList{FileFinding})"/>
    public static Tariffs Load(string directory, out IReadOnlyList<FileFinding> findings) => Load([directory], out findings);

    /// <summary>Reads one text in the format of the files.</summary>
    /// <param name="name">Name used in findings.</param>
    /// <param name="text">YAML.</param>
    /// <param name="findings">Everything wrong at once.</param>
    public static Tariffs Parse(string name, string text, out IReadOnlyList<FileFinding> findings)
    {
        var all = new List<FileFinding>();
        var tariffs = new List<Tariff>();
        var lateFees = new List<LateFeeRule>();
        ReadInto(name, text, tariffs, lateFees, [], all);
        findings = all;
        return new(tariffs, lateFees);
    }

    static void ReadInto(string name, string text, List<Tariff> tariffs, List<LateFeeRule> lateFees, HashSet<string> seen, List<FileFinding> all)
    {
        if (text.Length > MostCharacters) { all.Add(new(name, 0, "file.too_long", MostCharacters)); return; }
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            all.Add(new(name, (int)e.Start.Line, "yaml.not_readable", e.InnerException?.Message ?? e.Message));
            return;
        }
        if (yaml.Documents.Count == 0) return;
        var file = new YamlFile(name);
        var root = new YamlEntry(file, yaml.Documents[0].RootNode, "", 1).Only("definitions", "tariffs", "lateFees");
        foreach (var entry in root["tariffs"].Items())
        {
            var before = file.Findings.Count;
            var tariff = TariffReader.Read(entry);
            if (file.Findings.Count == before)
                foreach (var finding in TariffCheck.Check(tariff)) file.Add(file.LineOf($"{entry.Path}.{finding.Path}"), finding.Code, finding.Values);
            if (!seen.Add(tariff.Code)) file.Add(entry.Line, "tariff.code_twice", tariff.Code);
            if (file.Findings.Count == before) tariffs.Add(tariff);
        }
        foreach (var entry in root["lateFees"].Items())
        {
            var before = file.Findings.Count;
            var rule = TariffReader.LateFee(entry);
            if (!seen.Add($"{rule.Code} {rule.From}")) file.Add(entry.Line, "tariff.code_twice", rule.Code);
            if (file.Findings.Count == before) lateFees.Add(rule);
        }
        all.AddRange(file.Findings.OrderBy(f => f.Line));
    }
}
