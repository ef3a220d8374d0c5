using OpenHall.Kernel;
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
        var pile = new Pile();
        foreach (var directory in directories)
        {
            if (File.Exists(directory)) pile.Read(directory, File.ReadAllText(directory));
            else if (!Directory.Exists(directory)) pile.Findings.Add(new(directory, 0, "file.no_directory"));
            else
                foreach (var file in Directory.GetFiles(directory, "*.yaml").Order(StringComparer.Ordinal)) pile.Read(file, File.ReadAllText(file));
        }
        findings = pile.Findings;
        return pile.ToTariffs();
    }

    /// <inheritdoc cref="Load(IEnumerable{string}, out IReadOnlyList{FileFinding})"/>
    public static Tariffs Load(string directory, out IReadOnlyList<FileFinding> findings) => Load([directory], out findings);

    /// <summary>Reads one text in the format of the files.</summary>
    /// <param name="name">Name used in findings.</param>
    /// <param name="text">YAML.</param>
    /// <param name="findings">Everything wrong at once.</param>
    public static Tariffs Parse(string name, string text, out IReadOnlyList<FileFinding> findings)
    {
        var pile = new Pile();
        pile.Read(name, text);
        findings = pile.Findings;
        return pile.ToTariffs();
    }

    /// <summary>What several files gave so far.</summary>
    sealed class Pile
    {
        readonly List<Tariff> tariffs = [];
        readonly List<LateFeeRule> lateFees = [];
        readonly List<TelecomPlan> plans = [];
        readonly List<PostTariff> posts = [];
        readonly List<FareTariff> fares = [];
        readonly List<Promotion> promotions = [];
        readonly List<CardTariff> cards = [];
        readonly List<PriceList> priceLists = [];
        readonly HashSet<string> seen = [];

        public List<FileFinding> Findings { get; } = [];

        public Tariffs ToTariffs() => new(tariffs, lateFees, plans, posts, fares, promotions, cards, priceLists);

        public void Read(string name, string text)
        {
            if (text.Length > MostCharacters) { Findings.Add(new(name, 0, "file.too_long", MostCharacters)); return; }
            var yaml = new YamlStream();
            try
            {
                yaml.Load(new StringReader(text));
            }
            catch (YamlException e)
            {
                Findings.Add(new(name, (int)e.Start.Line, "yaml.not_readable", e.InnerException?.Message ?? e.Message));
                return;
            }
            if (yaml.Documents.Count == 0) return;
            var file = new YamlFile(name);
            var root = new YamlEntry(file, yaml.Documents[0].RootNode, "", 1).Only("definitions", "tariffs", "lateFees", "plans", "posts", "fares", "promotions", "cards", "priceLists");
            Take(root["tariffs"], tariffs, TariffReader.Read, t => t.Code, TariffCheck.Check);
            Take(root["lateFees"], lateFees, TariffReader.LateFee, r => $"{r.Code} {r.From}", _ => []);
            Take(root["plans"], plans, TelecomReader.Read, p => $"{p.Code} {p.From:O}", CompiledPlan.Check);
            Take(root["posts"], posts, PostReader.Read, p => $"{p.Code} {p.From:O}", PostCheck.Check);
            Take(root["fares"], fares, FareReader.Read, f => $"{f.Code} {f.From:O}", f => f.Check());
            Take(root["cards"], cards, RetailReader.Card, c => $"{c.Code} {c.From:O}", c => c.Check());
            Take(root["priceLists"], priceLists, RetailReader.List, l => $"{l.Code} {l.From:O}", l => l.Check());
            Take(root["promotions"], promotions, PromotionReader.Read, p => p.Code, PromotionReader.Check);
            Findings.AddRange(file.Findings.OrderBy(f => f.Line));
        }

        /// <summary>Keeps the entries that read well, are right in themselves and have a code of their own.</summary>
        void Take<T>(YamlEntry list, List<T> into, Func<YamlEntry, T> read, Func<T, string> codeOf, Func<T, IReadOnlyList<Finding>> check)
        {
            foreach (var entry in list.Items())
            {
                var file = entry.File;
                var before = file.Findings.Count;
                var item = read(entry);
                if (file.Findings.Count == before)
                    foreach (var finding in check(item)) file.Add(file.LineOf($"{entry.Path}.{finding.Path}"), finding.Code, finding.Values);
                if (!seen.Add(codeOf(item))) file.Add(entry.Line, "tariff.code_twice", codeOf(item));
                if (file.Findings.Count == before) into.Add(item);
            }
        }
    }
}
