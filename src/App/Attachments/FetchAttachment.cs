using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>看附件: lists and hands out files to those who may see what they belong to.</summary>
public sealed class FetchAttachment(HallDb db, AttachmentStore store, AttachmentOwners owners, Current current)
{
    public sealed record Line(Guid Id, string FileName, FileKind Kind, long SizeBytes, string AddedByName, DateTime AddedAtUtc);

    /// <exception cref="Refused">attachment.owner_unknown, permission.missing</exception>
    public async Task<IReadOnlyList<Line>> Of(string ownerKind, string ownerKey, CancellationToken ct = default)
    {
        Require(ownerKind);
        var seen = current.Scope == DataScope.All ? db.Attachments : db.Attachments.Where(f => f.HallId == current.HallId);
        return await seen.Where(f => f.OwnerKind == ownerKind && f.OwnerKey == ownerKey).OrderBy(f => f.Id)
            .Select(f => new Line(f.Id, f.FileName, f.Kind, f.SizeBytes, f.AddedByName, f.AddedAtUtc)).Take(AttachmentLimits.MaxPerOwner).ToListAsync(ct);
    }

    /// <exception cref="Refused">attachment.not_found (also when it belongs to a hall out of the person's scope), permission.missing</exception>
    public async Task<(Attachment File, string Path)> Find(Guid id, CancellationToken ct = default)
    {
        var file = await db.Attachments.FirstOrDefaultAsync(f => f.Id == id, ct) ?? throw new Refused("attachment.not_found");
        Require(file.OwnerKind);
        Refused.If(current.Scope != DataScope.All && file.HallId != current.HallId, "attachment.not_found");
        return (file, store.PathOf(file.ContentHash));
    }

    private void Require(string ownerKind) => current.Require(owners.Of(ownerKind).SeePermission);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/attachments", (string ownerKind, string ownerKey, FetchAttachment fetch, CancellationToken ct) => fetch.Of(ownerKind, ownerKey, ct))
            .WithTags("Attachments").WithSummary("Files that belong to something");
        api.MapGet("/attachments/{id:guid}", Send).WithTags("Attachments").WithSummary("A file's content");
    }

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapGet("/attachments/{id:guid}", Send).RequireAuthorization().ExcludeFromDescription();

    /// <summary>Always a download, never shown inside our pages; the browser may not guess another kind, nor run anything in it.</summary>
    private static async Task<IResult> Send(Guid id, FetchAttachment fetch, HttpContext http, CancellationToken ct)
    {
        var (file, path) = await fetch.Find(id, ct);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.PhysicalFile(path, file.Kind.MediaType(), file.FileName, enableRangeProcessing: false);
    }
}
