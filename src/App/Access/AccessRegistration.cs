using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.App;

/// <summary>Sign-in put together: Identity for passwords and passkeys, one cookie, permissions as policies, forgery check, headers.</summary>
public static class AccessRegistration
{
    private const string EitherScheme = "Either";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection().SetApplicationName("OpenHall").PersistKeysToDbContext<HallDb>();
        services.AddIdentityCore<StaffUser>().AddEntityFrameworkStores<HallDb>().AddSignInManager();
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = AccessLimits.PasswordRounds);
        services.AddSingleton<IPasswordHasher<StaffUser>, PasswordHasher<StaffUser>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<Totp>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<StartGate>();
        services.AddSingleton<KeyRenewal>();

        // A program's token speaks below /api; everywhere else, and without one, the cookie does.
        var authentication = services.AddAuthentication(EitherScheme);
        authentication.AddIdentityCookies();
        authentication.AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.SchemeName, null);
        authentication.AddPolicyScheme(EitherScheme, null, o => o.ForwardDefaultSelector = http => TokenSignIn.IsFor(http.Request) ? TokenSignIn.SchemeName : IdentityConstants.ApplicationScheme);
        services.ConfigureApplicationCookie(Shape);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, step =>
        {
            Flags(step.Cookie, "oh.step");
            step.ExpireTimeSpan = AccessLimits.SecondStepWithin;
        });
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        // Nothing is open by oversight: what visitors may use says [AllowAnonymous].
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(o =>
        {
            Flags(o.Cookie, "oh.af");
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>Between routing and the endpoints, in this order.</summary>
    public static void UseAccess(this IApplicationBuilder app)
    {
        app.UseRouting();
        app.UseAuthentication();
        app.UseMiddleware<AccessMiddleware>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<ForgeryCheck>();
    }

    private static void Shape(CookieAuthenticationOptions cookie)
    {
        Flags(cookie.Cookie, "oh.in");
        cookie.ExpireTimeSpan = AccessLimits.SessionFor;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = Answers.SignInPath;
        // Identity's own look at the stamp, every half hour, knows nothing of our cookie; ours is at every request (Sessions).
        cookie.Events.OnValidatePrincipal = _ => Task.CompletedTask;
        cookie.Events.OnRedirectToLogin = c => Answers.NotSignedIn(c.HttpContext);
        cookie.Events.OnRedirectToAccessDenied = c => Answers.NotAllowed(c.HttpContext);
    }

    private static void Flags(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        // Plain HTTP is there on loopback only; over HTTPS the cookie never leaves it.
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.IsEssential = true;
    }
}
