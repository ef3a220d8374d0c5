using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Doors of the API tokens: page and API.</summary>
static class TokenPages
{
    public static void MapApi(IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").RequireAuthorization("admin.tokens").WithTags("API tokens");
        tokens.MapGet("/", async (HallDb db, CancellationToken ct) => await db.Set<ApiToken>().OrderBy(t => t.Name).Take(ListQuery.Sizes[^1])
            .Select(t => new { t.Id, t.Name, t.Permissions, t.Scope, t.UnitPath, t.MadeAtUtc, t.ExpiresAtUtc, t.RevokedAtUtc, t.LastUsedUtc }).ToListAsync(ct)).WithSummary("All tokens; never their secrets.");
        tokens.MapPost("/", async (CreateToken.Command c, CreateToken create, CancellationToken ct) =>
        {
            var made = await create.Handle(c, ct);
            return new { made.TokenId, made.Name, token = made.Token.Value };
        }).WithSummary("Make a token; it is shown once.");
        tokens.MapPost("/revoke", (RevokeToken.Command c, RevokeToken revoke, CancellationToken ct) => revoke.Handle(c, ct)).WithSummary("End a token at once.");
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        var tokens = pages.MapGroup("/admin/tokens").RequireAuthorization("admin.tokens").ExcludeFromDescription();
        tokens.MapPost("/", async (IFormCollection f, CreateToken create, CancellationToken ct) =>
        {
            var made = await create.Handle(new(
                Guid.TryParse(f["RequestId"], out var id) ? id : Guid.Empty, f["Name"].ToString(), [.. f["Permissions"].OfType<string>()],
                Enum.TryParse<DataScope>(f["Scope"], out var scope) ? scope : DataScope.Self, f["UnitPath"].ToString(), null,
                int.TryParse(f["Days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0), ct);
            return Fragment.Of<NewTokenCard>(new { made.Name, made.Token });
        });
        tokens.MapPost("/revoke", async ([FromForm] RevokeToken.Command c, RevokeToken revoke, CancellationToken ct) =>
        {
            await revoke.Handle(c, ct);
            return Results.NoContent();
        });
    }
}
