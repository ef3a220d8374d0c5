using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Reception;

namespace OpenHall.Reports;

/// <summary>The dashboard's parts that come again, and the board for programs.</summary>
static class DashboardPages
{
    public const string Topics = QueueTopics.Screen + "," + DutyTopics.Duties + ",PaymentTaken";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var board = pages.MapGroup("/dashboard").RequireAuthorization("dashboard.see").ExcludeFromDescription();
        board.MapGet("/now", async (string unit, Dashboard dashboard, HttpRequest request, CancellationToken ct) =>
            await dashboard.Of(unit, ct) is var view && request.Headers["X-Version"] == view.Version ? Results.NoContent() : Fragment.Of<DashboardNow>(new { View = view }));
        board.MapGet("/wall/now", async (string unit, Dashboard dashboard, HttpRequest request, CancellationToken ct) =>
            await dashboard.Of(unit, ct) is var view && request.Headers["X-Version"] == view.Version ? Results.NoContent() : Fragment.Of<WallNow>(new { View = view }));
    }

    public static void MapApi(IEndpointRouteBuilder api) => api.MapGet("/dashboard", async (string? unit, Dashboard dashboard, CancellationToken ct) =>
    {
        var view = await dashboard.Of(unit, ct);
        return new { view.AtUtc, view.NormMinutes, view.HallId, Unit = Told(view.Unit), Below = view.Below.Select(Told), view.Curve };
    }).WithTags("Dashboard").WithSummary("A hall, city or province today, beside yesterday and last week at the same hour, with what lies below it.");

    private static object Told(UnitFigures unit) => new { unit.Path, Name = unit.Name.ToString(), unit.Kind, unit.Today, unit.Yesterday, unit.WeekAgo, unit.Now };
}
