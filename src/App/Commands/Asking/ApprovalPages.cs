using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace OpenHall.App;

/// <summary>Doors of the approvals: page and API.</summary>
static class ApprovalPages
{
    public sealed record Ask(Guid RequestId, string Ticket, string Reason, string? Href);

    public sealed record OnSpot(Guid RequestId, string Ticket, string Reason, string StaffNumber, Secret Secret);

    public sealed record Row(Guid Id, string Operation, string Permission, string AskedByName, string Reason, DateTime AskedAtUtc, ApprovalState State, string? DecidedByName, string? Remark);

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapGet("/", async (ApprovalQuery query, CancellationToken ct) =>
        {
            var lists = await query.Find(ct);
            return new { forMe = lists.ForMe.Select(RowOf), mine = lists.Mine.Select(RowOf), decided = lists.Decided.Select(RowOf) };
        }).WithSummary("Requests for approval that wait for the caller, and the caller's own.");
        approvals.MapPost("/", async (Ask a, AskApproval ask, CancellationToken ct) => new { id = await ask.Handle(a.RequestId, a.Ticket, a.Reason, null, ct) })
            .WithSummary("Ask for approval of a refused act; 'ticket' came with the refusal as 'approval'.");
        approvals.MapPost("/decide", (DecideApproval.Command c, DecideApproval decide, CancellationToken ct) => decide.Handle(c, ct)).WithSummary("Grant or deny.");
        approvals.MapPost("/withdraw", (WithdrawApproval.Command c, WithdrawApproval withdraw, CancellationToken ct) => withdraw.Handle(c, ct)).WithSummary("Take back one's own request.");
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        var approvals = pages.MapGroup("/approvals").RequireAuthorization().ExcludeFromDescription();
        approvals.MapGet("/list", () => Fragment.Of<ApprovalList>());
        approvals.MapGet("/bell", () => Fragment.Of<ApprovalBell>());
        approvals.MapGet("/{id:guid}/state", async (Guid id, ApprovalQuery query, CancellationToken ct) =>
            await query.Own(id, ct) is { } found ? Results.Json(new { state = found.State.ToString(), by = found.DecidedByName, remark = found.Remark }) : Results.NotFound());
        approvals.MapPost("/ask", async ([FromForm] Ask a, AskApproval ask, CancellationToken ct) => Fragment.Of<ApprovalWait>(new { Id = await ask.Handle(a.RequestId, a.Ticket, a.Reason, a.Href, ct) }));
        approvals.MapPost("/on-spot", async ([FromForm] OnSpot o, ApproveOnSpot approve, CancellationToken ct) =>
        {
            await approve.Handle(o.RequestId, o.Ticket, o.Reason, o.StaffNumber, o.Secret, ct);
            return Results.NoContent();
        });
        approvals.MapPost("/decide", async ([FromForm] DecideApproval.Command c, DecideApproval decide, CancellationToken ct) =>
        {
            await decide.Handle(c, ct);
            return Results.NoContent();
        });
        approvals.MapPost("/withdraw", async ([FromForm] WithdrawApproval.Command c, WithdrawApproval withdraw, CancellationToken ct) =>
        {
            await withdraw.Handle(c, ct);
            return Results.NoContent();
        });
    }

    private static Row RowOf(Approval a) => new(a.Id, a.Operation, a.Permission, a.AskedByName, a.Reason, a.AskedAtUtc, a.State, a.DecidedByName, a.Remark);
}
