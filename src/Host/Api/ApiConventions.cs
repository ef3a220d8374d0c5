using System.Text.Json.Serialization;
using OpenHall.App;

namespace OpenHall.Host.Api;

/// <summary>What holds for every address below <c>/api/v1</c>: strict JSON, a problem document for every "no", request ids, limits.</summary>
static class ApiConventions
{
    public const string Root = "/api/v1";

    public static void Add(IServiceCollection services, HallOptions options)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            // A misspelt field is told, not dropped; states are words, not numbers.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Complete);
        ApiLimits.Add(services, options);
        ApiDocument.Add(services);
    }

    public static RouteGroupBuilder WithConventions(this RouteGroupBuilder api) => api.AddEndpointFilter<RouteGroupBuilder, IdempotencyKey>().RequireRateLimiting(ApiLimits.Policy);

    /// <summary>Gives every problem its stable code and its sentence; a trace number only where something broke.</summary>
    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Extensions.ContainsKey("code")) return;
        var code = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => "signin.needed",
            StatusCodes.Status404NotFound => "request.no_such_address",
            StatusCodes.Status405MethodNotAllowed => "request.method_not_allowed",
            StatusCodes.Status429TooManyRequests => "request.too_many",
            >= 500 => "request.failed",
            _ => "request.unreadable",
        };
        (problem.Title, problem.Type) = (code, $"urn:openhall:refused:{code}");
        problem.Detail = context.HttpContext.RequestServices.GetRequiredService<Texts>()["refused." + code];
        problem.Extensions["code"] = code;
    }
}
