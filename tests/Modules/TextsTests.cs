using System.Text.RegularExpressions;

namespace OpenHall.Tests.Modules;

public partial class TextsTests
{
    [Fact]
    public void No_key_is_in_the_word_files_twice()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "OpenHall.slnx"))) root = root.Parent!;
        var files = Directory.GetDirectories(Path.Combine(root.FullName, "src")).SelectMany(module => Directory.GetFiles(module, "*.yaml")).ToList();
        Assert.NotEmpty(files);
        var twice = from file in files
                    from key in File.ReadLines(file).Select(line => Key().Match(line)).Where(m => m.Success)
                    group file by (Path.GetFileName(file), key.Groups[1].Value) into lines
                    where lines.Count() > 1
                    select $"{lines.Key.Value}: {string.Join(", ", lines.Select(f => Path.GetRelativePath(root.FullName, f)))}";
        Assert.Empty(twice);
    }

    [GeneratedRegex(@"^([\w.\-]+):")]
    private static partial Regex Key();
}
