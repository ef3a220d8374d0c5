using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace OpenHall.App;

/// <summary>Doors of one's own account: page and API.</summary>
static class OwnPages
{
    public sealed record Me(Guid UserId, string StaffNumber, string Name, IReadOnlyList<string> Posts, IReadOnlyCollection<string> Permissions, Guid? HallId, string UnitPath, DataScope Scope, bool IsProgram);

    public static void MapApi(IEndpointRouteBuilder api) => api
        .MapGet("/me", (Current c) => new Me(c.UserId!.Value, c.StaffNumber, c.Name, c.Posts, [.. c.Permissions.Order(StringComparer.Ordinal)], c.HallId, c.UnitPath, c.Scope, c.IsProgram))
        .WithSummary("Who is signed in, and what they may do.").WithTags("Account");

    public static void Map(IEndpointRouteBuilder pages)
    {
        var me = pages.MapGroup("/me").RequireAuthorization().ExcludeFromDescription();
        me.MapPost("/password", async ([FromForm] ChangeOwnPassword.Command c, ChangeOwnPassword change, Current current, Packs packs, HttpContext http, CancellationToken ct) =>
        {
            var stamp = await change.Handle(c, ct);
            await SignInCookie.Begin(http, current.UserId!.Value, current.SessionId!.Value, stamp);
            http.Response.Headers["HX-Redirect"] = Homes.Of(current, packs);
            return Results.NoContent();
        }).WithMetadata(new StaysOpenAttribute());
        me.MapPost("/totp", async ([FromForm] SetUpTotp.Command c, SetUpTotp setUp, CancellationToken ct) => Fragment.Of<RecoveryCodeList>(new { Codes = (await setUp.Handle(c, ct)).Codes }));
        me.MapPost("/totp/remove", async ([FromForm] RemoveTotp.Command c, RemoveTotp remove, CancellationToken ct) =>
        {
            await remove.Handle(c, ct);
            return Results.NoContent();
        });
        me.MapPost("/recovery-codes", async ([FromForm] RenewRecoveryCodes.Command c, RenewRecoveryCodes renew, CancellationToken ct) => Fragment.Of<RecoveryCodeList>(new { Codes = (await renew.Handle(c, ct)).Codes }));
        me.MapPost("/pin", async ([FromForm] SetOwnPin.Command c, SetOwnPin set, CancellationToken ct) =>
        {
            await set.Handle(c, ct);
            return Results.NoContent();
        });
        me.MapPost("/sessions/end-others", async ([FromForm] EndOtherSessions.Command c, EndOtherSessions end, CancellationToken ct) =>
        {
            await end.Handle(c, ct);
            return Results.NoContent();
        });
    }
}
