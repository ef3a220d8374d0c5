using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>What keeps a running hall in order: background jobs, messages to the outside, settings, attachments, notices, verification.</summary>
static class Operations
{
    public static IEnumerable<MenuPage> Menu =>
    [
        new("/admin/settings", "settings.title", "settings.change", "admin", 60),
        new("/admin/jobs", "jobs.title", "admin.jobs", "admin", 70),
        new("/admin/outbox", "outbox.title", "admin.jobs", "admin", 71),
    ];

    public static IEnumerable<Setting> Settings => [KeepBackups.Wanted, KeepBackups.Copies];

    public static void Add(IServiceCollection services)
    {
        services.AddScoped<Verification>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<OutboxRunner>();
        services.AddHostedService<BackgroundWork>();
        services.AddSingleton<AttachmentStore>();
        services.AddScoped<AttachmentOwners>();
        services.AddScoped<AttachFile>();
        // Why a setting was changed may need its paper.
        services.AddSingleton(new AttachmentOwner("setting", "settings.change", "settings.change"));
        services.AddSingleton<ChangeNotes>();
        services.AddScoped<IShellFact, ChangesLink>();
    }

    public static void MapApi(IEndpointRouteBuilder api)
    {
        TryJobAgain.Map(api);
        TryMessageAgain.Map(api);
        ChangeSetting.Map(api);
        AttachFile.Map(api);
        FetchAttachment.Map(api);
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        TryJobAgain.MapPage(pages);
        TryMessageAgain.MapPage(pages);
        ChangeSetting.MapPage(pages);
        FetchAttachment.MapPage(pages);
        AttachFile.MapPage(pages);
        MarkNotesSeen.MapPage(pages);
    }
}

/// <summary>What changed, in the person's own menu.</summary>
sealed class ChangesLink : IShellFact
{
    public Task Fill(ShellFacts facts)
    {
        facts.PersonLinks.Add(("/changes", "changes.title", "info"));
        return Task.CompletedTask;
    }
}
