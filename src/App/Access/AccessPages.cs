using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenHall.App;

/// <summary>All doors of sign-in, approvals, tokens and audit.</summary>
static class AccessPages
{
    public static IReadOnlyList<MenuPage> Menu { get; } =
    [
        new("/approvals", "approvals.title", null, "manage", 5),
        new("/audit", "audit.title", "audit.see", "manage", 90),
        new("/admin/tokens", "tokens.title", "admin.tokens", "admin", 40),
    ];

    public static void MapApi(IEndpointRouteBuilder api)
    {
        OwnPages.MapApi(api);
        ApprovalPages.MapApi(api);
        TokenPages.MapApi(api);
        AuditEndpoints.MapApi(api);
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        // The home of the person's post: where the sign-in leads.
        pages.MapGet("/home", (Current current, Packs packs) => Results.LocalRedirect(Homes.Of(current, packs))).RequireAuthorization().ExcludeFromDescription();
        SignOut.MapPages(pages);
        ScreenLockPages.Map(pages);
        PasskeyPages.Map(pages);
        OwnPages.Map(pages);
        ApprovalPages.Map(pages);
        TokenPages.Map(pages);
        AuditEndpoints.Map(pages);
    }
}
