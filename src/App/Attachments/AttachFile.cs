using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>加附件: keeps the file's content, then writes down whose it is.</summary>
public sealed class AttachFile(Work work, AttachmentStore store, AttachmentOwners owners, Current current)
{
    /// <param name="ContentHash">SHA-256 of the content: another content under the same request id is refused.</param>
    [Needs("attachments.add")]
    public sealed record Command(Guid RequestId, string OwnerKind, string OwnerKey, string FileName, FileKind Kind, long SizeBytes, string ContentHash) : ICommand;

    public sealed record Attached(Guid Id, string FileName, long SizeBytes);

    /// <exception cref="Refused">attachment.owner_unknown, attachment.kind_not_taken, attachment.too_many, permission.missing, and what
    /// <see cref="AttachmentStore.Keep"/> refuses</exception>
    public async Task<Attached> Handle(Guid requestId, string ownerKind, string ownerKey, string fileName, Stream content, CancellationToken ct = default)
    {
        current.Require("attachments.add");
        current.Require(owners.Of(ownerKind).AddPermission);
        var name = Clean(fileName);
        var kind = FileKinds.OfName(name) ?? throw new Refused("attachment.kind_not_taken") { Field = "File" };
        var (hash, size) = await store.Keep(content, kind, ct);
        var command = new Command(requestId, ownerKind, ownerKey, name, kind, size, hash);
        return await work.Once(command, async db =>
        {
            var there = await db.Attachments.CountAsync(f => f.OwnerKind == ownerKind && f.OwnerKey == ownerKey, ct);
            Refused.IfField(there >= AttachmentLimits.MaxPerOwner, "File", "attachment.too_many", AttachmentLimits.MaxPerOwner);
            var file = new Attachment
            {
                OwnerKind = ownerKind, OwnerKey = ownerKey, FileName = name, Kind = kind, SizeBytes = size, ContentHash = hash,
                HallId = current.HallId, AddedBy = current.UserId, AddedByName = current.Name, AddedAtUtc = db.AtUtc,
            };
            db.Add(file);
            db.Subject = $"{ownerKind} {ownerKey}";
            return new Attached(file.Id, name, size);
        }, ct);
    }

    /// <summary>The last part of the name without characters that a file system or header could misread.</summary>
    private static string Clean(string fileName)
    {
        var name = new string([.. fileName.Split('/', '\\')[^1].Where(c => !char.IsControl(c) && c is not ('"' or ':' or '*' or '?' or '<' or '>' or '|'))]).Trim();
        return name.Length <= AttachmentLimits.NameLength ? name : name[^AttachmentLimits.NameLength..];
    }

    public static void Map(IEndpointRouteBuilder api) => api
        .MapPost("/attachments", async ([FromForm] Guid requestId, [FromForm] string ownerKind, [FromForm] string ownerKey, IFormFile file, AttachFile attach, CancellationToken ct) =>
        {
            await using var content = file.OpenReadStream();
            return await attach.Handle(requestId, ownerKind, ownerKey, file.FileName, content, ct);
        })
        .WithMetadata(new RequestSizeLimitAttribute(AttachmentLimits.MaxBytes + 64 * 1024)).DisableAntiforgery()
        .WithTags("Attachments").WithSummary("Attach a file: PDF, PNG, JPEG, XLSX, CSV or TXT");

    public static void MapPage(IEndpointRouteBuilder pages) => pages
        .MapPost("/attachments", async ([FromForm] Guid requestId, [FromForm] string ownerKind, [FromForm] string ownerKey, IFormFile? file, AttachFile attach, CancellationToken ct) =>
        {
            await using var content = file?.OpenReadStream() ?? throw new Refused("attachment.empty") { Field = "File" };
            await attach.Handle(requestId, ownerKind, ownerKey, file.FileName, content, ct);
            return Fragment.Of<AttachmentList>(new { OwnerKind = ownerKind, OwnerKey = ownerKey });
        })
        .WithMetadata(new RequestSizeLimitAttribute(AttachmentLimits.MaxBytes + 64 * 1024)).RequireAuthorization("attachments.add").ExcludeFromDescription();
}
