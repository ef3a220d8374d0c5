using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>One folder of the house: its tables, handlers, endpoints, pages and menu lines. The Host lists all modules in one place.</summary>
public abstract class Module
{
    /// <summary>Where the tables' maps, pages and <c>texts.yaml</c> are found.</summary>
    public Assembly Assembly => GetType().Assembly;

    /// <summary>Lines of the menu, shown to those who hold the permission.</summary>
    public virtual IEnumerable<MenuPage> Menu => [];

    /// <summary>What can be set while the hall runs.</summary>
    public virtual IEnumerable<Setting> Settings => [];

    /// <summary>Registers what the module has beside its handlers, which are found by themselves (<see cref="ModuleRegistration.AddModules"/>).</summary>
    public virtual void Add(IServiceCollection services) { }

    /// <summary>Endpoints of programs, all below <c>/api/v1</c>.</summary>
    public virtual void MapApi(IEndpointRouteBuilder api) { }

    /// <summary>Form posts and fragments of the module's pages.</summary>
    public virtual void MapPages(IEndpointRouteBuilder pages) { }
}

/// <param name="Href">Address of the page.</param>
/// <param name="TextKey">Key of its name in texts.yaml.</param>
/// <param name="Permission">Who sees it; null: everybody who is signed in.</param>
/// <param name="Group">counter, lobby, money, billing, manage, admin: a heading of the menu (<c>ui.group.*</c>).</param>
/// <param name="Order">Place inside the group.</param>
public sealed record MenuPage(string Href, string TextKey, string? Permission, string Group, int Order);
