using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace OpenHall.App;

/// <summary>An address that a locked screen or a person with a one-time password may still use.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class StaysOpenAttribute : Attribute;

/// <summary>Fills <see cref="Current"/> from the session the cookie names; an ended session is nobody, a locked one may only unlock.</summary>
sealed class AccessMiddleware(RequestDelegate next)
{
    /// <summary>Where a person with a one-time password goes first.</summary>
    private const string NewPasswordPath = "/me/password";

    public async Task Invoke(HttpContext http, Current current, Sessions sessions)
    {
        if (SignInCookie.SessionOf(http.User) is { } sessionId && !current.IsSignedIn)
        {
            var session = await sessions.Find(sessionId, http.User.FindFirstValue(SignInCookie.StampClaim), http.RequestAborted);
            if (session is null)
            {
                http.User = new ClaimsPrincipal(new ClaimsIdentity());
                await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            }
            else
            {
                var mustChange = session.User.OneTimeUntilUtc is not null;
                current.Become(session.User, mustChange ? new HashSet<string>() : session.Permissions, sessionId, session.IsLocked);
                http.Response.Headers.CacheControl = "no-store";
                if (http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<StaysOpenAttribute>() is null && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is null)
                {
                    if (session.IsLocked && await Answers.Locked(http)) return;
                    if (mustChange && http.Request.Path != NewPasswordPath && await Answers.Elsewhere(http, NewPasswordPath, "password.one_time")) return;
                }
            }
        }

        await next(http);
    }
}

/// <summary>Everything a browser sends that changes something carries the page's own token; programs with an API token need none,
/// since no other site can make a browser send it.</summary>
sealed class ForgeryCheck(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task Invoke(HttpContext http)
    {
        if (Changes(http.Request.Method) && IsByBrowser(http) && http.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true }
            && !await antiforgery.IsRequestValidAsync(http))
        {
            await Answers.Problem(http, StatusCodes.Status400BadRequest, "request.forged");
            return;
        }

        await next(http);
    }

    private static bool Changes(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    /// <summary>Pages always; the API when a cookie speaks for a person.</summary>
    private static bool IsByBrowser(HttpContext http) => !http.Request.Path.StartsWithSegments("/api") || SignInCookie.SessionOf(http.User) is not null;
}
