using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Doors to reading routes and their sheets, for pages and programs.</summary>
static class RoutePages
{
    public sealed record RouteForm
    {
        public Guid RequestId { get; init; }
        public Guid? Id { get; init; }
        public string? Code { get; init; }
        public string? Name { get; init; }
        public string? UnitPath { get; init; }
        public Guid? CycleId { get; init; }
        public string? ReaderNumber { get; init; }
    }

    public sealed record CycleForm
    {
        public Guid RequestId { get; init; }
        public Guid? Id { get; init; }
        public string? Code { get; init; }
        public string? Name { get; init; }
        public CycleMonths Months { get; init; }
        public string? ReadingDay { get; init; }
    }

    public sealed record StopsForm
    {
        public Guid RequestId { get; init; }
        public Guid RouteId { get; init; }
        public Guid ToRouteId { get; init; }
        public string? AccountNumber { get; init; }
        public string? Accounts { get; init; }
        public string? Address { get; init; }
        public string? Place { get; init; }
    }

    /// <summary>The file that a reader fills in: what the import needs, under names that it knows, and what helps on the way.</summary>
    private static List<Column<SheetRow>> ToFill(RouteSheet sheet, Texts texts)
    {
        var columns = new List<Column<SheetRow>>
        {
            new("place", texts["routes.place"], r => r.Place),
            new("account", Name("account"), r => r.Account.Number),
            new("name", texts["customers.name"], r => r.Name),
            new("address", texts["customers.address"], r => r.Address),
            new("meter", Name("meter"), r => r.Point.MeterNumber),
            new("multiplier", texts["customers.multiplier"], r => r.Point.Multiplier),
            new("last_on", texts["routes.last_on"], r => r.Last?.ReadOn),
            new("last", texts["routes.last"], r => Kwh(r.Last?.TotalWh)),
            new("low", texts["routes.low"], r => Kwh(r.LowWh)),
            new("high", texts["routes.high"], r => Kwh(r.HighWh)),
            new("date", Name("date"), _ => sheet.ReadingDay),
            new("total", Name("total"), _ => null),
        };
        if (sheet.Rows.Any(r => r.NeedsBands)) columns.AddRange(ReadingColumns.Bands.Select(band => new Column<SheetRow>(band, Name(band), _ => null)));
        columns.Add(new("unread", Name("unread"), _ => null));
        return columns;
        static string Name(string column) => ReadingColumns.NameOf(column, Texts.IsEnglish);
    }

    public static decimal? Kwh(long? wh) => wh / 1000m;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/routes/{id:guid}/sheet", async (Guid id, HttpRequest request, ReadingSheet sheets, Texts texts, TimeProvider clock, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            var sheet = await sheets.Of(id, PeriodOf(query["period"], clock), ct);
            return ListExport.Of(query, sheet.Rows.Where(r => r.State == SheetState.Missing || r.IsToReread), ToFill(sheet, texts), $"{sheet.Route.Code}-{sheet.Period}", sheet.Route.Name);
        }).RequireAuthorization("routes.see").ExcludeFromDescription();
        pages.MapPost("/routes/save", async ([FromForm] RouteForm f, SaveRoute save, HttpContext http, CancellationToken ct) =>
            Fragment.Go(http, "/routes/" + await save.Handle(new(f.RequestId, f.Id, f.Code, f.Name, f.UnitPath, f.CycleId, f.ReaderNumber), ct))).RequireAuthorization("routes.manage").ExcludeFromDescription();
        pages.MapPost("/routes/cycles/save", async ([FromForm] CycleForm f, SaveCycle save, HttpContext http, CancellationToken ct) =>
        {
            await save.Handle(new(f.RequestId, f.Id, f.Code, f.Name, f.Months, Whole(f.ReadingDay) ?? 0), ct);
            return Fragment.Go(http, "/routes/cycles");
        }).RequireAuthorization("routes.manage").ExcludeFromDescription();
        pages.MapPost("/routes/stops/add", async ([FromForm] StopsForm f, ChangeStops change, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var added = await change.Handle(new ChangeStops.AddStops(f.RequestId, f.RouteId, f.Accounts, f.Address, Whole(f.Place)), ct);
            return Fragment.Go(http, "/routes/" + f.RouteId, texts["routes.added", added]);
        }).RequireAuthorization("routes.manage").ExcludeFromDescription();
        pages.MapPost("/routes/stops/move", async ([FromForm] StopsForm f, ChangeStops change, HttpContext http, CancellationToken ct) =>
        {
            await change.Handle(new ChangeStops.MoveStop(f.RequestId, f.AccountNumber ?? "", f.ToRouteId, Whole(f.Place)), ct);
            return Fragment.Go(http, "/routes/" + f.ToRouteId);
        }).RequireAuthorization("routes.manage").ExcludeFromDescription();
        pages.MapPost("/routes/stops/remove", async ([FromForm] StopsForm f, ChangeStops change, HttpContext http, CancellationToken ct) =>
        {
            await change.Handle(new ChangeStops.RemoveStop(f.RequestId, f.AccountNumber ?? ""), ct);
            return Fragment.Go(http, "/routes/" + f.RouteId);
        }).RequireAuthorization("routes.manage").ExcludeFromDescription();
        pages.MapPost("/routes/estimate", async ([FromForm] EstimateMissing.Command command, EstimateMissing estimate, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var done = await estimate.Handle(command, ct);
            var why = done.Lines.Where(l => l.Why is not null).GroupBy(l => l.Why!).Select(g => $"{texts["billing.no_estimate." + g.Key]} {g.Count()}").ToList();
            return Fragment.Go(http, $"/routes/{command.RouteId}?period={new BillingPeriod(command.Period)}", texts["routes.estimated_said", done.Estimated] + (why.Count > 0 ? texts["routes.not_estimated_said", string.Join(" · ", why)] : ""));
        }).RequireAuthorization("readings.estimate").ExcludeFromDescription();
    }

    private static int? Whole(string? text) => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The month in an address, 2026-03; this month where there is none.</summary>
    public static BillingPeriod PeriodOf(string? text, TimeProvider clock) => BillingPeriod.Parse(text) ?? BillingPeriod.Of(DateOnly.FromDateTime(Shown.Local(clock.GetUtcNow().UtcDateTime)));

    public static void MapApi(IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("/routes").WithTags("Reading routes");
        routes.MapGet("/", async (int period, RouteList list, CancellationToken ct) => (await list.Of(new(period), null, ct)).Select(r => new
        {
            r.Route.Id, r.Route.Code, r.Route.Name, r.Route.UnitPath, cycle = r.Cycle.Code, r.Route.ReaderName, readingDay = r.Cycle.DayIn(new(period)), r.IsDue, r.Stops, r.Read, r.Estimated, r.Missing,
        })).RequireAuthorization("routes.see").WithName("readingRoutes").WithSummary("Reading routes with what is read of them in a month (yyyymm).");
        routes.MapGet("/cycles", (RouteList list, CancellationToken ct) => list.Cycles(ct)).RequireAuthorization("routes.see").WithName("billingCycles");
        routes.MapGet("/{id:guid}/sheet", async (Guid id, int period, ReadingSheet sheets, CancellationToken ct) =>
        {
            var sheet = await sheets.Of(id, new(period), ct);
            return new
            {
                sheet.Route.Code, period, sheet.IsDue, sheet.ReadingDay,
                rows = sheet.Rows.Select(r => new
                {
                    r.Place, account = r.Account.Number, r.Address, r.Point.MeterNumber, r.Point.Multiplier, r.NeedsBands, lastOn = r.Last?.ReadOn, lastWh = r.Last?.TotalWh, expectedBy = r.Expected?.By, r.LowWh, r.HighWh,
                    r.State, r.IsToReread, readOn = r.Now?.ReadOn, readWh = r.Now?.TotalWh, r.UsedWh,
                }),
            };
        }).RequireAuthorization("routes.see").WithName("readingSheet").WithSummary("A route's supply points in order, with last readings, what is expected and what was read in a month (yyyymm).");
        routes.MapPost("/", (SaveRoute.Command command, SaveRoute save, CancellationToken ct) => save.Handle(command, ct)).RequireAuthorization("routes.manage").WithName("saveRoute");
        routes.MapPost("/cycles", (SaveCycle.Command command, SaveCycle save, CancellationToken ct) => save.Handle(command, ct)).RequireAuthorization("routes.manage").WithName("saveCycle");
        routes.MapPost("/stops/add", (ChangeStops.AddStops command, ChangeStops change, CancellationToken ct) => change.Handle(command, ct)).RequireAuthorization("routes.manage").WithName("addStops");
        routes.MapPost("/stops/move", (ChangeStops.MoveStop command, ChangeStops change, CancellationToken ct) => change.Handle(command, ct)).RequireAuthorization("routes.manage").WithName("moveStop");
        routes.MapPost("/stops/remove", (ChangeStops.RemoveStop command, ChangeStops change, CancellationToken ct) => change.Handle(command, ct)).RequireAuthorization("routes.manage").WithName("removeStop");
        routes.MapPost("/estimate", (EstimateMissing.Command command, EstimateMissing estimate, CancellationToken ct) => estimate.Handle(command, ct)).RequireAuthorization("readings.estimate").WithName("estimateMissing")
            .WithSummary("Gives the meters of a route that were not read in a month a reading by rule; answers with what could not be estimated and why.");
    }
}
