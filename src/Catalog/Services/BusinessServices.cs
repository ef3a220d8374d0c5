using OpenHall.App;

namespace OpenHall.Catalog;

/// <summary>The services of the packs in use, from their <c>services</c> folders; read and checked at start.</summary>
public sealed class BusinessServices
{
    private readonly Dictionary<string, BusinessService> _all = [];

    private BusinessServices() { }

    /// <summary>In the order of the counter's list.</summary>
    public IReadOnlyList<BusinessService> All { get; private set; } = [];

    public BusinessService? Find(string? code) => code is null ? null : _all.GetValueOrDefault(code);

    /// <summary>The name to show, also of a service that the packs no longer have.</summary>
    public string NameOf(string code) => Find(code)?.Name.ToString() ?? code;

    public static BusinessServices Read(Packs packs)
    {
        var services = new BusinessServices();
        var reader = new ServiceReader(packs);
        foreach (var file in packs.FilesIn("services"))
        {
            foreach (var (code, node) in file.Entries)
            {
                if (!services._all.TryAdd(code, reader.Read(code, node))) node.Error($"service '{code}' is there twice");
            }
        }

        services.All = [.. services._all.Values.OrderBy(s => s.Order).ThenBy(s => s.Code, StringComparer.Ordinal)];
        return services;
    }
}
