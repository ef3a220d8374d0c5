using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace OpenHall.App;

/// <summary>Makes each permission a policy of the same name: <c>[Authorize("payments.take")]</c>, <c>.RequireAuthorization("payments.take")</c>.
/// Several that each are enough: <c>"payments.take|payments.see"</c>.</summary>
sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string name) =>
        await base.GetPolicyAsync(name) ?? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new NeedsPermission(name.Split('|'))).Build();
}

sealed record NeedsPermission(IReadOnlyList<string> AnyOf) : IAuthorizationRequirement;

sealed class PermissionHandler(Current current, IHttpContextAccessor requests) : AuthorizationHandler<NeedsPermission>
{
    public const string MissingKey = "openhall:permission-missing";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NeedsPermission needs)
    {
        if (needs.AnyOf.Any(current.Can)) context.Succeed(needs);
        else if (requests.HttpContext is { } http) http.Items[MissingKey] = needs.AnyOf[0];
        return Task.CompletedTask;
    }
}
