namespace OpenHall.Host.Watching;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it should be given requests. For load balancers and service managers.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").AllowAnonymous().ExcludeFromDescription();
        health.MapGet("/live", () => TypedResults.Json(new { status = "live" }));
        health.MapGet("/ready", async (Readiness readiness, CancellationToken ct) =>
        {
            var missing = await readiness.Missing(ct);
            return TypedResults.Json(new { status = missing.Count == 0 ? "ready" : "not ready", missing }, statusCode: missing.Count == 0 ? 200 : 503);
        });
    }
}
