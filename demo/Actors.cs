using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;

namespace OpenHall.Demo;

/// <summary>The simulated people: each act is a real command of a real person with that person's rights.</summary>
public sealed class Actors(IServiceProvider services)
{
    private readonly Dictionary<string, StaffUser> _staff = [];
    private readonly Packs _packs = services.GetRequiredService<Packs>();

    /// <summary>The time it is for the simulated people.</summary>
    public DateTime Now => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Reads the staff that exists.</summary>
    public async Task Know(CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync(ct);
        foreach (var user in await db.Users.ToListAsync(ct)) _staff[user.UserName!] = user;
    }

    public StaffUser Find(string number) => _staff[number];

    /// <summary>Runs a handler as the person with that staff number.</summary>
    public Task<T> As<THandler, T>(string number, Func<THandler, Task<T>> act) where THandler : notnull =>
        Do(act, current => current.Become(_staff[number], _packs.PermissionsOf(_staff[number].Posts.Split(' '))));

    /// <summary>Runs a handler to which another person has to agree: refused, asked for, granted, done.</summary>
    public async Task<T> Agreed<THandler, T>(string number, string by, string reason, Func<THandler, Task<T>> act) where THandler : notnull
    {
        var ticket = await As<IServiceProvider, string>(number, async scope =>
        {
            await Refusals.Catch(() => act(scope.GetRequiredService<THandler>()));
            return scope.GetRequiredService<ApprovalDraft>().Ticket ?? throw new InvalidOperationException("Nobody had to agree.");
        });
        var asked = await As(number, (AskApproval ask) => ask.Handle(Guid.CreateVersion7(), ticket, reason, null));
        await As(by, (DecideApproval decide) => decide.Handle(new(Guid.CreateVersion7(), asked, true, null)));
        return await As(number, act);
    }

    /// <summary>Runs a handler as the one who sets the house up: everything may be done, everywhere.</summary>
    public Task<T> AsInstaller<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull =>
        Do(act, current => current.Become(Installer, _packs.Posts.Values.SelectMany(p => p.Permissions).Append("customers.load").ToHashSet()));

    /// <summary>Runs a handler as a visitor at a device.</summary>
    public Task<T> AsVisitor<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull => Do(act, _ => { });

    public async Task<T> Read<T>(Func<HallDb, Task<T>> query, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<HallDb>>().CreateDbContextAsync(ct);
        return await query(db);
    }

    private static StaffUser Installer { get; } = new() { UserName = "setup", DisplayName = "setup", UnitPath = "/", Posts = "", Scope = DataScope.All };

    private async Task<T> Do<THandler, T>(Func<THandler, Task<T>> act, Action<Current> become) where THandler : notnull
    {
        await using var scope = services.CreateAsyncScope();
        become(scope.ServiceProvider.GetRequiredService<Current>());
        return await act(scope.ServiceProvider.GetRequiredService<THandler>());
    }
}
