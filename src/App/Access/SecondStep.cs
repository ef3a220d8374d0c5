using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace OpenHall.App;

/// <summary>Between password and code: a cookie of a few minutes says whose password was right, and nothing else.</summary>
static class SecondStep
{
    public static Task Begin(HttpContext http, Guid userId) =>
        http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId.ToString())], IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>The person whose password was right; null when that was too long ago.</summary>
    public static async Task<Guid?> Of(HttpContext http) =>
        await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme) is { Succeeded: true, Principal: { } principal }
        && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Task End(HttpContext http) => http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
}
