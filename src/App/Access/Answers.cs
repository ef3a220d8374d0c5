using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>How "you are not signed in", "you may not" and "the screen is locked" are said: to a program and to a part of a page as a
/// problem, to a person who opens a page by leading to the page that helps.</summary>
static class Answers
{
    public const string SignInPath = "/signin", LockedPath = "/locked";

    /// <summary>A person opens an address, as against a script or a program asking for a part.</summary>
    public static bool IsPageVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api") && !request.Headers.ContainsKey("HX-Request")
        && request.Headers["Sec-Fetch-Dest"].ToString() is "" or "document" && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    public static Task NotSignedIn(HttpContext http)
    {
        if (IsPageVisit(http.Request)) return Go(http, $"{SignInPath}?return={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem(http, StatusCodes.Status401Unauthorized, "signin.needed");
    }

    public static async Task NotAllowed(HttpContext http)
    {
        var current = http.RequestServices.GetRequiredService<Current>();
        if (IsPageVisit(http.Request))
        {
            // The start page belongs to the counter; whoever has no counter starts at the own post's page.
            var home = Homes.Of(current, http.RequestServices.GetRequiredService<Packs>());
            if (http.Request.Path == "/" && home != "/") await Go(http, home);
            else http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var missing = http.Items[PermissionHandler.MissingKey] as string ?? "";
        await Problem(http, StatusCodes.Status403Forbidden, "permission.missing", missing);
    }

    /// <returns>Always true: the request is answered.</returns>
    public static async Task<bool> Locked(HttpContext http)
    {
        if (IsPageVisit(http.Request)) await Go(http, $"{LockedPath}?return={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        else await Problem(http, StatusCodes.Status423Locked, "session.locked");
        return true;
    }

    /// <returns>Always true: the request is answered.</returns>
    public static async Task<bool> Elsewhere(HttpContext http, string path, string code)
    {
        if (IsPageVisit(http.Request)) await Go(http, path);
        else await Problem(http, StatusCodes.Status403Forbidden, code);
        return true;
    }

    public static Task Problem(HttpContext http, int status, string code, params object[] values)
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var problem = new ProblemDetails { Status = status, Type = $"urn:openhall:refused:{code}", Title = code, Detail = texts["refused." + code, values], Extensions = { ["code"] = code } };
        return Write(http, problem);
    }

    /// <summary>The problem as JSON, whatever the caller says it would like to read.</summary>
    public static Task Write(HttpContext http, ProblemDetails problem)
    {
        http.Response.StatusCode = problem.Status!.Value;
        return http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", http.RequestAborted);
    }

    private static Task Go(HttpContext http, string path)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(path);
        return Task.CompletedTask;
    }
}

/// <summary>Where a person's work starts, and where a sign-in may lead.</summary>
public static class Homes
{
    /// <summary>Home of the first post held that the packs know.</summary>
    public static string Of(Current current, Packs packs) =>
        current.Posts.Select(p => packs.Posts.GetValueOrDefault(p)?.Home).FirstOrDefault(h => h is not null) ?? "/me";

    /// <summary>The address if it is one of this program's own, <c>/…</c>; anything that a browser could read as another host is none.</summary>
    public static string? Ours(string? address) =>
        address is ['/', ..] && !(address.Length > 1 && address[1] is '/' or '\\') && !address.Any(c => char.IsControl(c) || c == '\\') ? address : null;
}
