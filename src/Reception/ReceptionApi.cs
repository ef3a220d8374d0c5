using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Halls;

namespace OpenHall.Reception;

/// <summary>The queue by HTTP: every act of the pages, for programs.</summary>
static class ReceptionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Visitors(api.MapGroup("").WithTags("Visitors").AllowAnonymous());
        Counter(api.MapGroup("/queue").WithTags("Counter"));
        Lobby(api.MapGroup("/queue").WithTags("Lobby"));
    }

    private static void Visitors(RouteGroupBuilder visitors)
    {
        visitors.MapPost("/tickets", (TakeTicket.Command command, TakeTicket take, CancellationToken ct) => take.Handle(command, ct)).WithSummary("Takes a ticket at a kiosk, known by its key.");
        visitors.MapGet("/tickets/{token}", async (string token, TicketView tickets, CancellationToken ct) =>
        {
            var view = await tickets.Of(token, ct);
            return new { view.Ticket.Number, view.Ticket.State, view.Ticket.Service, view.Ticket.CounterNumber, view.Wait.Ahead, WaitMinutes = view.Wait.Minutes, view.IsToday, view.Stars };
        }).WithSummary("Where a ticket stands, for its holder.");
        visitors.MapPost("/tickets/cancel-own", (CancelOwnTicket.Command command, CancelOwnTicket cancel, CancellationToken ct) => cancel.Handle(command, ct)).WithSummary("The holder gives the ticket up.");
        visitors.MapPost("/ratings", (RateVisit.Command command, RateVisit rate, CancellationToken ct) => rate.Handle(command, ct)).WithSummary("Rates a visit once.");
        visitors.MapGet("/boards/{key}", (string key, BoardSnapshot board, CancellationToken ct) => board.Of(key, ct)).WithSummary("What a call board shows, with its version.");
    }

    private static void Counter(RouteGroupBuilder queue)
    {
        queue.MapPost("/next", (CallNext.Command command, CallNext call, CancellationToken ct) => call.Handle(command, ct)).WithSummary("Ends the service at the counter and calls the next visitor.");
        queue.MapPost("/choose", (CallChosen.Command command, CallChosen call, CancellationToken ct) => call.Handle(command, ct)).WithSummary("Calls a chosen waiting or parked number.");
        queue.MapPost("/again", (CallAgain.Command command, CallAgain call, CancellationToken ct) => call.Handle(command, ct)).WithSummary("Calls the number at the counter once more.");
        queue.MapPost("/no-show", (MarkNoShow.Command command, MarkNoShow mark, CancellationToken ct) => mark.Handle(command, ct)).WithSummary("Whoever was called did not come.");
        queue.MapPost("/start", (StartServing.Command command, StartServing start, CancellationToken ct) => start.Handle(command, ct)).WithSummary("The visitor is at the counter.");
        queue.MapPost("/identify", (IdentifyVisit.Command command, IdentifyVisit identify, CancellationToken ct) => identify.Handle(command, ct)).WithSummary("Says whom the visit is about.");
        queue.MapPost("/park", (ParkTicket.Command command, ParkTicket park, CancellationToken ct) => park.Handle(command, ct)).WithSummary("Parks the visitor with a reason.");
        queue.MapPost("/end", (EndService.Command command, EndService end, CancellationToken ct) => end.Handle(command, ct)).WithSummary("Ends the service at the counter.");
        queue.MapPost("/serve", (ServeWithoutTicket.Command command, ServeWithoutTicket serve, CancellationToken ct) => serve.Handle(command, ct)).WithSummary("Serves somebody without a ticket.");
        queue.MapPost("/join", (JoinTicket.Command command, JoinTicket join, CancellationToken ct) => join.Handle(command, ct)).WithSummary("Serves another number of the same visitor with the one at the counter.");
        queue.MapPost("/split", (SplitTicket.Command command, SplitTicket split, CancellationToken ct) => split.Handle(command, ct)).WithSummary("Gives one matter at the counter a number of its own.");
        queue.MapPost("/counter/open", (OpenCounter.Command command, OpenCounter open, CancellationToken ct) => open.Handle(command, ct)).WithSummary("Opens a counter, or resumes it.");
        queue.MapPost("/counter/pause", (PauseCounter.Command command, PauseCounter pause, CancellationToken ct) => pause.Handle(command, ct)).WithSummary("Pauses the counter with a reason.");
        queue.MapPost("/counter/close", (CloseCounter.Command command, CloseCounter close, CancellationToken ct) => close.Handle(command, ct)).WithSummary("Closes a counter.");
    }

    private static void Lobby(RouteGroupBuilder queue)
    {
        queue.MapGet("/halls/{hallId:guid}", async (Guid hallId, HallDb db, Current current, HallQueue halls, CancellationToken ct) =>
        {
            current.Require("queue.see");
            await db.HallInReach(current, hallId, ct);
            var view = await halls.Of(hallId, ct);
            return new
            {
                Date = view.Day?.Date, view.IsOpen,
                Waiting = view.Waiting.Select(t => new { t.Id, t.Number, t.Service, t.VisitorClass, t.Priority, t.TakenAtUtc, view.WaitOf(t).Ahead, WaitMinutes = view.WaitOf(t).Minutes }),
                Counters = view.Counters.Select(c => new { c.Id, c.Number, c.State, c.ClerkName, Ticket = view.At(c.Id)?.Number }),
            };
        }).WithSummary("A hall's queue and counters as they are now.");
        queue.MapPost("/counter/plan", (PlanCounter.Command command, PlanCounter plan, CancellationToken ct) => plan.Handle(command, ct)).WithSummary("What a counter serves from now on, each service with its own priority there.");
        queue.MapGet("/tickets/{ticketId:guid}/periods", async (Guid ticketId, HallDb db, Current current, CancellationToken ct) => await db.PeriodsOf(current, ticketId, ct)).WithSummary("A ticket's way: each state, where, by whom, how long.");
        queue.MapPost("/take", (TakeTicketFor.Command command, TakeTicketFor take, CancellationToken ct) => take.Handle(command, ct)).WithSummary("Takes a ticket for a visitor.");
        queue.MapPost("/transfer", (TransferTicket.Command command, TransferTicket transfer, CancellationToken ct) => transfer.Handle(command, ct)).WithSummary("Moves a ticket to another service or counter.");
        queue.MapPost("/return", (ReturnTicket.Command command, ReturnTicket back, CancellationToken ct) => back.Handle(command, ct)).WithSummary("Puts a ticket back into the queue at its old place.");
        queue.MapPost("/skip", (SkipTicket.Command command, SkipTicket skip, CancellationToken ct) => skip.Handle(command, ct)).WithSummary("Marks a called number as a no-show.");
        queue.MapPost("/class", (PrioritiseTicket.Command command, PrioritiseTicket prioritise, CancellationToken ct) => prioritise.Handle(command, ct)).WithSummary("Gives a waiting visitor another class.");
        queue.MapPost("/cancel", (CancelTicket.Command command, CancelTicket cancel, CancellationToken ct) => cancel.Handle(command, ct)).WithSummary("Cancels a ticket with a reason.");
        queue.MapPost("/cancel-waiting", (CancelWaiting.Command command, CancelWaiting cancel, CancellationToken ct) => cancel.Handle(command, ct)).WithSummary("At closing: cancels everybody who still waits.");
        queue.MapGet("/forecast/{hallId:guid}", async (Guid hallId, DateOnly? date, HallDb db, Current current, HallForecast forecast, CancellationToken ct) =>
        {
            current.Require("queue.see");
            await db.HallInReach(current, hallId, ct);
            var view = await forecast.Of(hallId, date, ct);
            return new { view.Date, view.Marks, Expected = view.Expected.Select(e => Math.Round(e, 2)), view.Came, view.Needed, view.Ahead, view.Advice, view.ServiceSeconds, view.PastDays, view.Error, view.Norms };
        }).WithSummary("Arrivals by half hour, waits of the next two hours, counters needed and advised, and the error of past forecasts.");
        queue.MapGet("/norms/{hallId:guid}", async (Guid hallId, HallDb db, Current current, FloorWatch floor, CancellationToken ct) =>
        {
            current.Require("queue.see");
            await db.HallInReach(current, hallId, ct);
            var view = await floor.Of(hallId, ct);
            return new { view.Norms, view.Breaches };
        }).WithSummary("Norms of wait, service, idle counters and line, and what breaks them now.");
        queue.MapGet("/figures", (Guid? hall, int? days, FiguresBy? by, QueueFigures figures, CancellationToken ct) => figures.Of(hall, days ?? 7, by ?? FiguresBy.Hour, ct)).WithSummary("Numbers, waits and services by hour, service, clerk, hall or day.");
        queue.MapGet("/ratings/{hallId:guid}", (Guid hallId, int? days, RatingResults results, CancellationToken ct) => results.Of(hallId, days ?? 30, ct)).WithSummary("Ratings of a hall over the last days.");
    }
}
