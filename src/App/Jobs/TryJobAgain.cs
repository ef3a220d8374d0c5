using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>重试: puts a failed run back to be done.</summary>
public sealed class TryJobAgain(Work work)
{
    [Needs("admin.jobs")]
    public sealed record Command(Guid RequestId, string Name, DateTime DueAtUtc) : ICommand;

    /// <exception cref="Refused">job.not_found, job.not_failed</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var due = c.DueAtUtc.ToUniversalTime();
        var run = await db.JobRuns.Hold(r => r.Name == c.Name && r.DueAtUtc == due, orRefuse: "job.not_found", ct);
        Refused.If(run.State != JobState.Failed, "job.not_failed");
        run.TryAgain(db.AtUtc);
        db.Subject = c.Name;
        return c.Name;
    }, ct);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/jobs/again", (Command c, TryJobAgain again, CancellationToken ct) => again.Handle(c, ct)).WithTags("Operations").WithSummary("Try a failed background job again");

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapPost("/admin/jobs/again", async ([FromForm] Command c, TryJobAgain again, CancellationToken ct) =>
    {
        await again.Handle(c, ct);
        return TypedResults.NoContent();
    });
}
