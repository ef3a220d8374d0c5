using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace OpenHall.App;

/// <summary>Another person has signed in at the browser of somebody who made room: the counter goes from one to the other.</summary>
public sealed record PersonChanged(Guid FromUserId, Guid ToUserId, string ToName, string ToStaffNumber);

/// <summary>Remembers for a few minutes, sealed in a cookie, who made room at this browser.</summary>
static class ChangeOfPerson
{
    private const string Cookie = "oh.change";
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    public static void Remember(HttpContext http, IDataProtectionProvider protection, Guid userId) => http.Response.Cookies.Append(
        Cookie, Seal(protection).Protect(userId.ToString(), Within), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = Within, IsEssential = true });

    public static Guid? Of(HttpContext http, IDataProtectionProvider protection)
    {
        if (http.Request.Cookies[Cookie] is not { } kept) return null;
        try
        {
            return Guid.Parse(Seal(protection).Unprotect(kept));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    public static void Forget(HttpContext http)
    {
        if (http.Request.Cookies.ContainsKey(Cookie)) http.Response.Cookies.Delete(Cookie);
    }

    private static ITimeLimitedDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("change.person").ToTimeLimitedDataProtector();
}
