using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.TariffFiles;

namespace OpenHall.Billing;

public sealed class BillingModule : Module
{
    public override void Add(IServiceCollection services)
    {
        services.AddFromPacks(packs =>
        {
            var folders = packs.Names.Select(name => Path.Combine(packs.Folder, name, "tariffs")).Where(Directory.Exists);
            var tariffs = TariffFile.Load(folders, out var findings);
            foreach (var finding in findings) packs.Errors.Add(finding.File, finding.Line, finding.Message(chinese: false)[$"{finding.File}:{finding.Line}: ".Length..]);
            return tariffs;
        });
        services.AddFromPacks(BillingTerms.Read);
        services.AddSingleton<LateFeeRules>();
    }
}
