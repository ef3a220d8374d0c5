namespace OpenHall.Host.Commands;

/// <summary>Held by the process that works on a data folder, so that nothing replaces the database under it and no second one starts on the
/// same SQLite file.</summary>
static class DataLock
{
    /// <summary>The lock; dispose it to let go. It goes with the process, however that ends.</summary>
    /// <exception cref="CannotDo">Another process works on the folder.</exception>
    public static IDisposable Take(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        try
        {
            return new FileStream(Path.Combine(dataFolder, "openhall.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (IOException)
        {
            throw new CannotDo($"Another openhall works on {dataFolder}. Stop it first.");
        }
    }
}
