using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>重发: puts a dead message back to be delivered.</summary>
public sealed class TryMessageAgain(Work work)
{
    [Needs("admin.jobs")]
    public sealed record Command(Guid RequestId, Guid MessageId) : ICommand;

    /// <exception cref="Refused">message.not_found, message.not_dead</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var message = await db.OutboxMessages.Hold(m => m.Id == c.MessageId, orRefuse: "message.not_found", ct);
        Refused.If(message.State != OutboxState.Dead, "message.not_dead");
        message.TryAgain(db.AtUtc);
        db.Subject = message.Topic;
        return message.Id;
    }, ct);

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/outbox/again", (Command c, TryMessageAgain again, CancellationToken ct) => again.Handle(c, ct)).WithTags("Operations").WithSummary("Deliver a dead message again");

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapPost("/admin/outbox/again", async ([FromForm] Command c, TryMessageAgain again, CancellationToken ct) =>
    {
        await again.Handle(c, ct);
        return TypedResults.NoContent();
    });
}
