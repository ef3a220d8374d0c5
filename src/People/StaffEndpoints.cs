using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using OpenHall.App;

namespace OpenHall.People;

/// <summary>Doors of the staff administration: page and API.</summary>
static class StaffEndpoints
{
    public static void MapApi(IEndpointRouteBuilder api)
    {
        var staff = api.MapGroup("/staff").RequireAuthorization("admin.staff").WithTags("Staff");
        staff.MapGet("/", async (HttpRequest request, StaffQuery query, CancellationToken ct) =>
        {
            var (total, rows) = await query.Find(ListQuery.Of(request), ct: ct);
            return new { total, rows };
        }).WithSummary("People of the staff in the caller's data scope; q, post, state, sort, page, size.");
        staff.MapPost("/", async (CreateStaff.Command c, CreateStaff create, CancellationToken ct) =>
        {
            var made = await create.Handle(c, ct);
            return new { made.UserId, made.StaffNumber, oneTimePassword = made.OneTimePassword.Value };
        }).WithSummary("Add a person. Without a password a one-time password is made and shown once.");
        staff.MapPost("/rights", (ChangeRights.Command c, ChangeRights change, CancellationToken ct) => change.Handle(c, ct)).WithSummary("Change posts, hall, unit and data scope (four eyes).");
        staff.MapPost("/rename", (RenameStaff.Command c, RenameStaff rename, CancellationToken ct) => rename.Handle(c, ct)).WithSummary("Correct the name.");
        staff.MapPost("/leave", (LeaveStaff.Command c, LeaveStaff leave, CancellationToken ct) => leave.Handle(c, ct)).WithSummary("The person has left: all sessions end at once.");
        staff.MapPost("/unlock", (UnlockStaff.Command c, UnlockStaff unlock, CancellationToken ct) => unlock.Handle(c, ct)).WithSummary("End a lock-out.");
        staff.MapPost("/reset-password", async (ResetPassword.Command c, ResetPassword reset, CancellationToken ct) =>
        {
            var made = await reset.Handle(c, ct);
            return new { made.StaffNumber, oneTimePassword = made.OneTimePassword.Value };
        }).WithSummary("Make a one-time password; shown once.");
    }

    public static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost(StartGate.Path, async ([FromForm] FirstStart.Command c, FirstStart start, CancellationToken ct) =>
        {
            await start.Handle(c, ct);
            return Results.LocalRedirect("/signin");
        }).AllowAnonymous().ExcludeFromDescription();

        var staff = pages.MapGroup("/admin/staff").RequireAuthorization("admin.staff").ExcludeFromDescription();
        staff.MapGet("/export", async (HttpRequest request, StaffQuery query, Texts texts, CancellationToken ct) =>
        {
            var list = ListQuery.Of(request);
            return ListExport.Of(list, (await query.Find(list, all: true, ct)).Rows, StaffColumns.Of(texts), "staff", texts["people.staff"]);
        });
        staff.MapPost("/", async (IFormCollection f, CreateStaff create, CancellationToken ct) =>
        {
            var made = await create.Handle(new(
                IdOf(f["RequestId"]) ?? Guid.Empty, f["StaffNumber"].ToString(), f["DisplayName"].ToString(), Several(f["Posts"]), IdOf(f["HallId"]), f["UnitPath"].ToString(), ScopeOf(f), ChosenOf(f)), ct);
            return Fragment.Of<OneTimePasswordCard>(new { made.StaffNumber, Password = made.OneTimePassword });
        });
        staff.MapPost("/rights", (IFormCollection f, ChangeRights change, CancellationToken ct) =>
            Done(change.Handle(new(
                IdOf(f["RequestId"]) ?? Guid.Empty, f["StaffNumber"].ToString(), Several(f["Posts"]), IdOf(f["HallId"]), f["UnitPath"].ToString(), ScopeOf(f), ChosenOf(f)), ct)));
        staff.MapPost("/rename", ([FromForm] RenameStaff.Command c, RenameStaff rename, CancellationToken ct) => Done(rename.Handle(c, ct)));
        staff.MapPost("/leave", ([FromForm] LeaveStaff.Command c, LeaveStaff leave, CancellationToken ct) => Done(leave.Handle(c, ct)));
        staff.MapPost("/unlock", ([FromForm] UnlockStaff.Command c, UnlockStaff unlock, CancellationToken ct) => Done(unlock.Handle(c, ct)));
        staff.MapPost("/reset", async ([FromForm] ResetPassword.Command c, ResetPassword reset, CancellationToken ct) =>
        {
            var made = await reset.Handle(c, ct);
            return Fragment.Of<OneTimePasswordCard>(new { made.StaffNumber, Password = made.OneTimePassword });
        });
    }

    private static async Task<IResult> Done(Task<bool> act)
    {
        await act;
        return Results.NoContent();
    }

    private static Guid? IdOf(StringValues text) => Guid.TryParse(text, out var id) ? id : null;

    private static IReadOnlyList<string> Several(StringValues values) => [.. values.OfType<string>().Where(v => v.Length > 0)];

    private static DataScope ScopeOf(IFormCollection form) => Enum.TryParse<DataScope>(form["Scope"], out var scope) && Enum.IsDefined(scope) ? scope : DataScope.Self;

    private static IReadOnlyList<string>? ChosenOf(IFormCollection form) => ScopeOf(form) == DataScope.Chosen ? Several(form["ScopeUnits"]) : null;
}
