using Microsoft.EntityFrameworkCore.Design;
using OpenHall.App;

namespace OpenHall.Host;

/// <summary>How <c>dotnet ef</c> makes the model when <c>./migration NAME</c> writes a step for each database; nothing is connected to.</summary>
sealed class DesignTime : IDesignTimeDbContextFactory<HallDb>
{
    /// <param name="args"><c>postgres</c> or <c>sqlite</c>.</param>
    public HallDb CreateDbContext(string[] args)
    {
        var database = new Database(args is ["postgres", ..] ? "Host=127.0.0.1;Database=none" : "Data Source=none.db");
        return new ServiceCollection().AddSingleton(new Modules(HallApp.Modules)).AddHallDb(database).BuildServiceProvider().GetRequiredService<HallDb>();
    }
}
