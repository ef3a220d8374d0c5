using OpenHall.Rating;
using OpenHall.TariffFiles;

namespace OpenHall.App;

/// <summary>The tariffs and late-fee rules of all packs in use, from their <c>tariffs</c> folders.</summary>
static class PackTariffs
{
    public static Tariffs Read(Packs packs)
    {
        var folders = packs.Names.Select(name => Path.Combine(packs.Folder, name, "tariffs")).Where(Directory.Exists);
        var tariffs = TariffFile.Load(folders, out var findings);
        foreach (var finding in findings)
            packs.Errors.Add(Path.GetRelativePath(packs.Folder, finding.File), finding.Line, finding.Message(chinese: false)[$"{finding.File}:{finding.Line}: ".Length..]);
        return tariffs;
    }
}
