using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Reopening a till as the second person reads it: whose, which day, what difference is taken back, why.</summary>
sealed class DescribeReopening(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(ReopenTill);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<ReopenTill.Command>()!;
        if (await db.TillSessions.SingleOrDefaultAsync(t => t.Id == command.TillSessionId, ct) is not { } till) return null;
        var difference = new Money(till.DifferenceFen ?? 0);
        return new(texts["payments.words.reopen", till.ClerkName, till.ClerkNumber, till.BusinessDate, difference, command.Reason.Trim()], difference, "/settlement");
    }
}

/// <summary>Closing a till for its clerk as the second person reads it: whose, which day, what was counted, why. What should be in the drawer stays unknown.</summary>
sealed class DescribeClosingFor(HallDb db, Texts texts) : IDescribeApproval
{
    public string Operation => nameof(CloseTillFor);

    public async Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<CloseTillFor.Command>()!;
        if (await db.TillSessions.SingleOrDefaultAsync(t => t.Id == command.TillSessionId, ct) is not { } till) return null;
        var counted = new Money(command.Pieces.Sum(p => (long)p.Key * p.Value));
        return new(texts["payments.words.close_for", till.ClerkName, till.ClerkNumber, till.BusinessDate, counted, command.Reason.Trim()], counted, "/settlement");
    }
}
