using System.Text.RegularExpressions;

namespace OpenHall.Tests.Modules;

/// <summary>The project's own files, for tests that read them.</summary>
static partial class Sources
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>C# and Razor files below src, without what a build made.</summary>
    public static IEnumerable<(string Name, string Text)> Code() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)) && !BuildOutput().IsMatch(f))
            .Select(f => (Path.GetRelativePath(Root, f), File.ReadAllText(f)));

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "OpenHall.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex(@"[/\\](bin|obj|node_modules)[/\\]")]
    private static partial Regex BuildOutput();
}
