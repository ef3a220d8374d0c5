using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>Something a module reads from the packs; read at start, so that every mistake is told before the first request.</summary>
/// <param name="Read">Makes it, if it is not there yet.</param>
public sealed record PackPart(Action<IServiceProvider> Read);

public static class PackParts
{
    /// <summary>Registers <typeparamref name="T"/> as read from the packs once, at start.</summary>
    public static IServiceCollection AddFromPacks<T>(this IServiceCollection services, Func<Packs, T> read) where T : class => services
        .AddSingleton(s => read(s.GetRequiredService<Packs>()))
        .AddSingleton(new PackPart(s => s.GetRequiredService<T>()));
}
