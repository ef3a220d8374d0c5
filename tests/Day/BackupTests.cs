using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Host;

namespace OpenHall.Tests.Day;

/// <summary>Backup and restore by the program's own commands, on both databases.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openhall-backup-").FullName;

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<string?> Made(string dataFolder, string? postgres, int accounts)
    {
        await using var app = HallApp.Build(new HallOptions { DataFolder = dataFolder, PacksFolder = TestHall.PacksFolder, Postgres = postgres, Port = 0, RunsBackground = false }, TimeProvider.System);
        await HallApp.Prepare(app);
        if (accounts > 0) await PayingHall.Make(app.Services, 1, accounts);
        return postgres;
    }

    private static async Task<int> Accounts(string dataFolder, string? postgres)
    {
        await using var app = HallApp.Build(new HallOptions { DataFolder = dataFolder, PacksFolder = TestHall.PacksFolder, Postgres = postgres, Port = 0, RunsBackground = false }, TimeProvider.System);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync();
        return await db.BillingAccounts.CountAsync();
    }

    [Fact]
    public async Task What_was_backed_up_comes_back_on_SQLite_and_nothing_is_replaced_unasked()
    {
        await Made(At("a"), null, 7);
        Directory.CreateDirectory(Path.Combine(At("a"), "audit-heads"));
        await File.WriteAllTextAsync(Path.Combine(At("a"), "audit-heads", "note.txt"), "kept");
        Assert.Equal(0, (await RunningHall.Run(At("a"), null, "backup", "--to", At("plain.zip"))).Code);

        var (code, said) = await RunningHall.Run(At("b"), null, "restore", At("plain.zip"));
        Assert.True(code == 0, said);
        Assert.Equal(7, await Accounts(At("b"), null));
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(At("b"), "audit-heads", "note.txt")));

        (code, said) = await RunningHall.Run(At("b"), null, "restore", At("plain.zip"));
        Assert.Equal(2, code);
        Assert.Contains("--force", said, StringComparison.Ordinal);
        (code, said) = await RunningHall.Run(At("b"), null, "restore", At("plain.zip"), "--force");
        Assert.True(code == 0, said);
        Assert.True(File.Exists(Path.Combine(At("b"), "openhall.db.before-restore")));
        Assert.Empty(Directory.GetDirectories(At("b"), "restore-*"));
    }

    [Fact]
    public async Task A_sealed_backup_opens_with_its_words_only_and_a_changed_one_not_at_all()
    {
        await Made(At("a"), null, 3);
        await File.WriteAllTextAsync(At("words"), "a long passphrase\n");
        await File.WriteAllTextAsync(At("others"), "another passphrase\n");
        var (code, said) = await RunningHall.Run(At("a"), null, "backup", "--to", At("sealed"), "--passphrase-file", At("words"));
        Assert.True(code == 0, said);

        foreach (var wrong in new string[][] { ["--passphrase-file", At("others")], [] }) Assert.Equal(2, (await RunningHall.Run(At("c"), null, ["restore", At("sealed"), .. wrong])).Code);

        var bytes = await File.ReadAllBytesAsync(At("sealed"));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(At("changed"), bytes);
        await File.WriteAllBytesAsync(At("cut"), bytes[..^40]);
        foreach (var bad in new[] { "changed", "cut" }) Assert.Equal(2, (await RunningHall.Run(At("c"), null, "restore", At(bad), "--passphrase-file", At("words"))).Code);
        Assert.False(File.Exists(Path.Combine(At("c"), "openhall.db")));

        (code, said) = await RunningHall.Run(At("c"), null, "restore", At("sealed"), "--passphrase-file", At("words"));
        Assert.True(code == 0, said);
        Assert.Equal(3, await Accounts(At("c"), null));
    }

    [Fact]
    public async Task What_was_backed_up_comes_back_on_PostgreSQL_with_its_guards()
    {
        var server = await PostgresServer.Shared;
        Assert.SkipWhen(server is null, "no PostgreSQL here");
        var from = await Made(At("a"), await server.CreateDatabase("backup_from"), 5);
        var to = await server.CreateDatabase("backup_to");
        var (code, said) = await RunningHall.Run(At("a"), from, "backup", "--to", At("postgres.zip"));
        Assert.True(code == 0, said);
        (code, said) = await RunningHall.Run(At("b"), to, "restore", At("postgres.zip"));
        Assert.True(code == 0, said);
        Assert.Equal(5, await Accounts(At("b"), to));
        Assert.Contains("ok    database.insert_only", (await RunningHall.Verify(At("b"), to)).Said, StringComparison.Ordinal);
        Assert.Equal(2, (await RunningHall.Run(At("b"), to, "restore", At("postgres.zip"))).Code);
    }

    public void Dispose() => Directory.Delete(_folder, true);
}
