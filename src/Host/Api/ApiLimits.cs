using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using OpenHall.App;

namespace OpenHall.Host.Api;

/// <summary>How often one caller (person, token, else address) may call the API: a bucket that refills evenly.</summary>
static class ApiLimits
{
    public const string Policy = "api";

    /// <summary>What may come at once: ten seconds' worth.</summary>
    private const int BurstSeconds = 10;

    public static void Add(IServiceCollection services, HallOptions options) => services.AddRateLimiter(limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(Policy, http => options.ApiCallsPerMinute == 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, options.ApiCallsPerMinute * BurstSeconds / 60), TokensPerPeriod = Math.Max(1, options.ApiCallsPerMinute / 60),
                ReplenishmentPeriod = options.ApiCallsPerMinute < 60 ? TimeSpan.FromMinutes(1.0 / options.ApiCallsPerMinute) : TimeSpan.FromSeconds(1), QueueLimit = 0,
            }));
        limits.OnRejected = Refuse;
    });

    private static string CallerOf(HttpContext http) =>
        http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static async ValueTask Refuse(OnRejectedContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)) http.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var problem = new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Title = "request.too_many", Detail = texts["refused.request.too_many"], Extensions = { ["code"] = "request.too_many" } };
        await http.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new() { HttpContext = http, ProblemDetails = problem });
    }
}
