using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>All modules of the running program, in the order of the project references (lower ones first).</summary>
public sealed record Modules(IReadOnlyList<Module> All)
{
    public IEnumerable<MenuPage> Menu => All.SelectMany(m => m.Menu);

    public IEnumerable<Setting> Settings => All.SelectMany(m => m.Settings);
}

public static class ModuleRegistration
{
    /// <summary>What every module may bring any number of: found by the interface.</summary>
    private static readonly Type[] Gathered = [typeof(IVerifyCheck), typeof(IJob), typeof(IOutboxChannel)];

    /// <summary>Registers the modules; every class that asks for <see cref="Work"/> or <see cref="HallDb"/> in its
    /// constructor is a handler or a query and can be injected; event handlers are found by their interface.</summary>
    public static IServiceCollection AddModules(this IServiceCollection services, IReadOnlyList<Module> modules)
    {
        services.AddSingleton(new Modules(modules));
        foreach (var module in modules)
        {
            foreach (var type in module.Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericType: false } && !typeof(Module).IsAssignableFrom(t)))
            {
                if (type.GetConstructors() is [var constructor] && constructor.GetParameters().Any(p => p.ParameterType == typeof(Work) || p.ParameterType == typeof(HallDb) || p.ParameterType == typeof(Lazy<HallDb>)))
                    services.AddTransient(type);
                foreach (var handles in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHandle<>)))
                    services.AddTransient(handles, type);
                foreach (var gathered in Gathered.Where(g => g.IsAssignableFrom(type))) services.AddScoped(gathered, type);
            }

            module.Add(services);
        }

        return services;
    }
}
