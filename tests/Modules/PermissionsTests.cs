using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Host;

namespace OpenHall.Tests.Modules;

/// <summary>Permissions named in code and permissions given to posts are the same set, and docs/permissions.md says so.</summary>
public partial class PermissionsTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public async Task Every_permission_asked_for_is_held_by_a_post_and_every_one_held_is_asked_for()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var used = await Used(hall);
        var held = hall.Services.GetRequiredService<Packs>().Posts.Values.SelectMany(p => p.Permissions).ToHashSet();
        Assert.Empty(used.Keys.Where(p => !held.Contains(p)).Select(p => $"{p}: no post has it; asked for by {string.Join(", ", used[p])}"));
        Assert.Empty(held.Where(p => !used.ContainsKey(p)).Select(p => $"{p}: a post has it, but nothing asks for it"));
    }

    [Fact]
    public async Task The_list_of_permissions_in_the_docs_is_the_program_s()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var wanted = Document(await Used(hall), hall.Services.GetRequiredService<Packs>());
        var path = Path.Combine(Root, "docs", "permissions.md");
        if (Environment.GetEnvironmentVariable("OPENHALL_WRITE_DOCS") is not null) await File.WriteAllTextAsync(path, wanted);
        Assert.True(File.Exists(path) && await File.ReadAllTextAsync(path) == wanted, "docs/permissions.md is out of date: run this test once with OPENHALL_WRITE_DOCS=1");
    }

    [Fact]
    public async Task Every_home_of_a_post_is_a_page_that_the_post_may_open()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await hall.Start();
        var pages = Pages().ToLookup(p => p.Route, p => p.Policy);
        foreach (var post in hall.Services.GetRequiredService<Packs>().Posts.Values)
        {
            Assert.True(pages.Contains(post.Home), $"{post.Code}: {post.Home} is no page");
            var policy = pages[post.Home].First();
            Assert.True(policy is null || policy.Split('|').Any(post.Permissions.Contains), $"{post.Code} may not open {post.Home}: {policy}");
        }
    }

    private static IEnumerable<(string Route, string? Policy)> Pages() =>
        from type in HallApp.Modules.SelectMany(m => m.Assembly.GetTypes()).Distinct()
        from route in type.GetCustomAttributes<RouteAttribute>()
        select (route.Template, type.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy).FirstOrDefault(p => p is not null));

    private static async Task<SortedDictionary<string, SortedSet<string>>> Used(TestHall hall)
    {
        await hall.Start();
        var used = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        void Add(string? permissions, string by)
        {
            foreach (var permission in permissions?.Split('|') ?? [])
                (used.TryGetValue(permission, out var all) ? all : used[permission] = new(StringComparer.Ordinal)).Add(by);
        }

        foreach (var type in HallApp.Modules.SelectMany(m => m.Assembly.GetTypes()).Distinct())
        {
            Add(type.GetCustomAttribute<NeedsAttribute>()?.Permission, (type.DeclaringType ?? type).Name);
            Add(type.GetCustomAttribute<FourEyesAttribute>()?.Permission, (type.DeclaringType ?? type).Name + " (四眼)");
            Add(type.GetCustomAttribute<FourEyesAttribute>()?.Large, (type.DeclaringType ?? type).Name + " (四眼)");
        }

        foreach (var page in HallApp.Modules.SelectMany(m => m.Menu)) Add(page.Permission, page.Href);
        foreach (var endpoint in hall.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            foreach (var authorize in endpoint.Metadata.OfType<IAuthorizeData>()) Add(authorize.Policy, "/" + endpoint.RoutePattern.RawText!.Trim('/'));
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "src"), "*", SearchOption.AllDirectories).Where(f => (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)) && !f.Contains("/obj/") && !f.Contains("/node_modules/")))
        {
            foreach (Match asked in Asked().Matches(await File.ReadAllTextAsync(file))) Add(asked.Groups[1].Value, Path.GetFileNameWithoutExtension(file));
        }

        return used;
    }

    private static string Document(SortedDictionary<string, SortedSet<string>> used, Packs packs)
    {
        var text = new StringBuilder("""
            # 权限 Permissions

            Made by `PermissionsTests` from the program itself; run it with `OPENHALL_WRITE_DOCS=1` to renew this page. Posts and their permissions stand in `packs/*/posts.yaml`.
            Permissions are checked in the command, wherever it comes from; (四眼) marks the permission of the second person.

            | permission | posts | asked for by |
            |---|---|---|

            """);
        foreach (var (permission, by) in used)
        {
            var posts = packs.Posts.Values.Where(p => p.Permissions.Contains(permission)).Select(p => p.Name.Zh);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{permission}` | {string.Join('、', posts)} | {string.Join(", ", by)} |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OpenHall.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("OpenHall.slnx is not above the tests");
    }

    [GeneratedRegex("""\b(?:Can|Require)\("([a-z]+\.[a-z_]+)"\)""")]
    private static partial Regex Asked();
}
