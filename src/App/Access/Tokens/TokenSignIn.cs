using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OpenHall.App;

/// <summary><c>Authorization: Bearer oh_…</c> below <c>/api</c>: the integration becomes the request's <see cref="Current"/>.</summary>
sealed class TokenSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "Token";
    private const string Bearer = "Bearer ";

    public static bool IsFor(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsFor(Request) || ApiToken.Read(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim()) is not { } sent) return AuthenticateResult.NoResult();
        var services = Context.RequestServices;
        var db = services.GetService(typeof(HallDb)) as HallDb ?? throw new InvalidOperationException("HallDb is not registered");
        var token = await db.Set<ApiToken>().SingleOrDefaultAsync(t => t.Id == sent.Id, Context.RequestAborted);
        var at = clock.GetUtcNow().UtcDateTime;
        if (token is null || !token.IsGood(at) || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token.SecretHash), Encoding.ASCII.GetBytes(sent.SecretHash)))
            return AuthenticateResult.Fail("token");
        ((Current)services.GetService(typeof(Current))!).BecomeProgram(token.Id, token.Name, token.Permissions.Split(' ').ToHashSet(), token.Scope, token.UnitPath, token.HallId);
        if (token.WantsUseNoted(at)) await ((NoteTokenUse)services.GetService(typeof(NoteTokenUse))!).Handle(new(Guid.CreateVersion7(), token.Id), Context.RequestAborted);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, token.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Answers.NotSignedIn(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Answers.NotAllowed(Context);
}
