using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace OpenHall.App;

/// <summary>What the cookie says: person, session, security stamp. Everything else is asked of the database.</summary>
static class SignInCookie
{
    public const string Scheme = "Identity.Application";
    public const string SessionClaim = "sid", StampClaim = "stamp";

    public static Task Begin(HttpContext http, Guid userId, Guid sessionId, string stamp)
    {
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, userId.ToString()), new(SessionClaim, sessionId.ToString()), new(StampClaim, stamp)], Scheme);
        return http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity));
    }

    public static Guid? SessionOf(ClaimsPrincipal principal) => Guid.TryParse(principal.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>The browser as far as it tells, and who made room at it.</summary>
    public static Browser BrowserOf(HttpContext http, Guid? madeRoom = null) => new(http.Connection.RemoteIpAddress?.ToString() ?? "", NameOf(http), madeRoom);

    private static string NameOf(HttpContext http)
    {
        var says = http.Request.Headers.UserAgent.ToString();
        string[] known = ["Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/"];
        var browser = known.FirstOrDefault(k => says.Contains(k, StringComparison.Ordinal))?.TrimEnd('/') ?? "?";
        string[] systems = ["Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"];
        return $"{(browser == "Edg" ? "Edge" : browser)} · {systems.FirstOrDefault(s => says.Contains(s, StringComparison.Ordinal)) ?? "?"}";
    }
}
