using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Somebody asked another person to agree to an act.</summary>
public sealed record ApprovalAsked(Guid ApprovalId);

/// <summary>The other person has said yes or no.</summary>
public sealed record ApprovalDecided(Guid ApprovalId, Guid AskedBy);

/// <summary>Four eyes inside a command: is another person's agreement wanted, and is it there.</summary>
public static class Approvals
{
    /// <summary>Uses up the approval for exactly this content, asked for by this person.</summary>
    /// <exception cref="Refused">approval.needed</exception>
    internal static async Task Spend(HallDb db, ICommand command, string operation, string permission, bool unlessAlone, Current current, IServiceProvider services, DateTime at, CancellationToken ct)
    {
        if (unlessAlone && await IsAlone(db, permission, current, services.GetRequiredService<Packs>(), ct)) return;
        var content = ContentOf(command);
        var hash = HashOf(content, operation);
        var oldest = at - AccessLimits.ApprovalFor;
        var granted = await db.Set<Approval>().AsTracking().TagWith(Holding.Tag)
            .Where(a => a.ContentHash == hash && a.State == ApprovalState.Granted && a.AskedBy == current.UserId && a.DecidedAtUtc > oldest)
            .OrderBy(a => a.Id).FirstOrDefaultAsync(ct);
        if (granted is null)
        {
            services.GetRequiredService<ApprovalDraft>().Keep(operation, permission, content, hash, current);
            throw new Refused("approval.needed");
        }

        granted.Spend();
    }

    /// <summary>Right of the person who has to agree; null: nobody is asked.</summary>
    internal static string? WantedFor(this FourEyesAttribute fourEyes, ICommand command, IServiceProvider services) => command is not IAskedByAmount asked ? fourEyes.Permission : asked.NeedOf(services) switch
    {
        ApprovalNeed.None => null,
        ApprovalNeed.Large => fourEyes.Large ?? fourEyes.Permission,
        _ => fourEyes.Permission,
    };

    /// <summary>Name of the person who agreed to the running command; null: nobody was asked.</summary>
    public static string? ApprovedByName(this HallDb db) => db.Set<Approval>().Local.SingleOrDefault(a => a.State == ApprovalState.Spent)?.DecidedByName;

    /// <summary>Same content, same hash; the request id is left out, since the approved act may come with a new one.</summary>
    public static string HashOf(ICommand command, string operation) => HashOf(ContentOf(command), operation);

    private static string HashOf(string content, string operation) => Audit.Hex(operation + "\n" + content);

    private static string ContentOf(ICommand command)
    {
        var content = JsonSerializer.SerializeToNode(command, command.GetType())!.AsObject();
        content.Remove(nameof(ICommand.RequestId));
        return content.ToJsonString();
    }

    /// <summary>While a house is being set up, and while nobody else holds the right, one person acts alone.</summary>
    private static async Task<bool> IsAlone(HallDb db, string permission, Current current, Packs packs, CancellationToken ct)
    {
        if (await db.Set<Installation>().AnyAsync(i => !i.IsReady, ct)) return true;
        var posts = packs.Posts.Values.Where(p => p.Permissions.Contains(permission)).Select(p => p.Code).ToHashSet();
        var others = await db.Staff.Where(u => u.Id != current.UserId && !u.HasLeft).Select(u => u.Posts).ToListAsync(ct);
        return !others.Any(held => held.Split(' ').Any(posts.Contains));
    }
}

/// <summary>What a refused command would have done, so that its sender can ask for approval of exactly that. Handed to the page
/// sealed: nobody can ask for one thing and be granted another.</summary>
public sealed class ApprovalDraft(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("approval.draft");

    private Draft? _draft;

    /// <summary>The sealed draft; null: no command of this request wanted approval. Sealed only when asked for, after the command's
    /// transaction: the first sealing ever writes a new key to the database.</summary>
    public string? Ticket => _draft is null ? null : _seal.Protect(JsonSerializer.Serialize(_draft));

    internal sealed record Draft(string Operation, string Permission, string Content, string ContentHash, Guid AskedBy);

    internal void Keep(string operation, string permission, string content, string hash, Current current) =>
        _draft = new Draft(operation, permission, content, hash, current.UserId ?? throw new Refused("signin.needed"));

    /// <exception cref="Refused">approval.draft_unreadable</exception>
    internal Draft Open(string ticket, Current current)
    {
        try
        {
            var draft = JsonSerializer.Deserialize<Draft>(_seal.Unprotect(ticket))!;
            Refused.If(draft.AskedBy != current.UserId, "approval.draft_unreadable");
            return draft;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException or JsonException)
        {
            throw new Refused("approval.draft_unreadable");
        }
    }
}
