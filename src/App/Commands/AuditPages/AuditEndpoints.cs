using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenHall.App;

/// <summary>Doors of the audit trail: page, export and API.</summary>
static class AuditEndpoints
{
    public static void MapApi(IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").RequireAuthorization("audit.see").WithTags("Audit");
        audit.MapGet("/", async (HttpRequest request, AuditQuery query, CancellationToken ct) =>
        {
            var (total, rows) = await query.Find(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).WithSummary("Lines of the audit trail; q (subject), who, operation, hall, from, until, page, size.");
        audit.MapGet("/chain", async (AuditQuery query, CancellationToken ct) =>
        {
            var (lines, broken) = await query.CheckChains(ct);
            return new { lines, broken };
        }).WithSummary("Check all hash chains; 'broken' names lane/number of the first line that does not fit.");
    }

    public static void Map(IEndpointRouteBuilder pages)
    {
        var audit = pages.MapGroup("/audit").RequireAuthorization("audit.see").ExcludeFromDescription();
        audit.MapGet("/chain", async (AuditQuery query, CancellationToken ct) =>
        {
            var (lines, broken) = await query.CheckChains(ct);
            return Fragment.Of<ChainNote>(new { Lines = lines, Broken = broken });
        });
        audit.MapGet("/export", async (HttpRequest request, AuditQuery query, Texts texts, CancellationToken ct) =>
        {
            var list = ListQuery.Of(request);
            return ListExport.Of(list, (await query.Find(list, all: true, ct)).Rows, AuditColumns.Of(texts), "audit", texts["audit.title"]);
        });
    }
}

/// <summary>Columns of the audit list, on screen and in its export.</summary>
static class AuditColumns
{
    public static IReadOnlyList<Column<AuditQuery.Row>> Of(Texts l) =>
    [
        new("at", l["audit.at"], r => r.AtUtc),
        new("who", l["audit.who"], r => r.Who),
        new("number", l["signin.staff_number"], r => r.WhoNumber),
        new("operation", l["audit.operation"], r => OperationNames.NameOf(r.Operation, l)),
        new("subject", l["audit.subject"], r => r.Subject is { } subject ? SubjectOf(subject, l) : null),
        new("lane", l["audit.line"], r => $"{r.Lane}/{r.Number}"),
        new("hash", l["audit.hash"], r => r.Hash) { IsExtra = true },
    ];

    /// <summary>Of an approval it is the act that was approved, and who did at the spot: its name, not its code.</summary>
    private static string SubjectOf(string subject, Texts l) => string.Join(' ', subject.Split(' ').Select(word => OperationNames.NameOf(word, l)));
}
