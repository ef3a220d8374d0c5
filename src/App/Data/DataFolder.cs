namespace OpenHall.App;

/// <summary>Folder of everything kept beside the database: keys, certificate, attachments, exports, backups. Outside the web root.</summary>
public sealed record DataFolder(string Path)
{
    public string At(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
