using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Rule 1: a used request id, its answer and its audit line stand or fall together.</summary>
sealed class AuditRequests : IVerifyCheck
{
    public string Name => "audit.every_request";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var unanswered = db.Set<CommandRequest>().Where(r => r.Answer == null).Select(r => r.Id);
        await foreach (var id in unanswered.AsAsyncEnumerable().WithCancellation(ct)) yield return new($"command_requests {id}", "has no answer");

        var (requests, lines) = (await db.Set<CommandRequest>().LongCountAsync(ct), await db.Set<AuditLine>().LongCountAsync(ct));
        if (requests != lines) yield return new("audit_lines", $"{requests} requests, {lines} audit lines");
    }
}
