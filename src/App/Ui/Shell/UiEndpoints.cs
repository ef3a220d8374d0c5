using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace OpenHall.App;

/// <summary>The shell's own addresses: language, palette.</summary>
static class UiEndpoints
{
    private static readonly TimeSpan KeepLanguage = TimeSpan.FromDays(365);
    private static readonly string[] Languages = ["zh-CN", "en"];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/language/{language}", (string language, string? back, HttpContext http) =>
        {
            if (!Languages.Contains(language)) return Results.NotFound();
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("zh-CN", language)),
                new CookieOptions { MaxAge = KeepLanguage, Path = "/", SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
            return Results.LocalRedirect(IsOurs(back) ? back! : "/");
        }).AllowAnonymous().ExcludeFromDescription();

        pages.MapGet("/palette", async (HttpRequest request, IEnumerable<IPaletteSource> sources, CancellationToken ct) =>
            SearchWords.Of(request) is var words ? Fragment.Of<PaletteHits>(new { Asked = words, Hits = await PaletteHit.Find(words, sources, ct) }) : null)
            .RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>Address that changes the language and comes back to the page that is open.</summary>
    public static string LanguageHref(string language, NavigationManager navigation) =>
        $"/language/{language}?back={Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri))}";

    /// <summary>Only addresses of this program: <c>/…</c>, never <c>//host</c>.</summary>
    private static bool IsOurs(string? back) => back is ['/', ..] && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal);
}
