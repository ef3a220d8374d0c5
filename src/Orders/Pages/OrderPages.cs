using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>Posts and fragments of the orders' pages.</summary>
static class OrderPages
{
    private const string PngHead = "data:image/png;base64,";
    private const int MostSignature = 400_000;

    public static void Map(IEndpointRouteBuilder pages)
    {
        var orders = pages.MapGroup("/orders").RequireAuthorization().ExcludeFromDescription();
        orders.MapGet("/work/list", async (OrderFile file, CancellationToken ct) =>
        {
            var (mine, waiting, returned) = await file.WorkList(ct);
            return Fragment.Of<WorkLists>(new { Mine = mine, Waiting = waiting, Returned = returned });
        });
        orders.MapGet("/export", async (HttpRequest request, OrderFile file, Texts texts, CancellationToken ct) =>
        {
            var query = ListQuery.Of(request);
            return ListExport.Of(query, (await file.List(query, all: true, ct)).Rows, OrderText.Columns(texts), "orders", texts["order.title"]);
        });
        orders.MapPost("/accept", Accept);
        orders.MapPost("/finish", async (IFormCollection form, FinishStage finish, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var done = await finish.Handle(new(IdOf(form), form["Number"]!, form["Stage"]!, Fields(form), form["Note"]), ct);
            return Fragment.Go(http, "/orders/" + done.Number, texts[done.State == OrderState.Completed ? "order.said_completed" : "order.said_finished", done.Number]);
        });
        orders.MapPost("/move", async ([FromForm] MoveOrder.Command command, MoveOrder move, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var state = await move.Handle(command, ct);
            return Fragment.Go(http, "/orders/" + command.Number, texts["order.said_moved", command.Number, texts["order.state." + state]]);
        });
        orders.MapPost("/reverse", async ([FromForm] ReverseOrder.Command command, ReverseOrder reverse, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            await reverse.Handle(command, ct);
            return Fragment.Go(http, "/orders/" + command.Number, texts["order.said_moved", command.Number, texts["order.state.Reversed"]]);
        });
        orders.MapPost("/note", async ([FromForm] NoteOrder.Command command, NoteOrder note, HttpContext http, CancellationToken ct) => Fragment.Go(http, "/orders/" + await note.Handle(command, ct)));
        orders.MapPost("/sign", Sign);
    }

    private static async Task<IResult> Accept(IFormCollection form, AcceptOrder accept, HttpContext http, Texts texts, CancellationToken ct)
    {
        var applicant = form.ContainsKey("Kind")
            ? new CustomerFields(Enum.TryParse<CustomerKind>(form["Kind"], out var kind) ? kind : CustomerKind.Person, form["Name"], form["PaperNumber"], form["Phone"], form["HasConsented"].FirstOrDefault() == "true")
            : null;
        var done = await accept.Handle(new(
            IdOf(form), form["Service"]!, form["AccountNumber"], null, applicant, Fields(form), [.. form["Papers"].OfType<string>()], form["AgentName"], form["AgentPaper"], form["AgainDespite"].FirstOrDefault() == "true", form["Note"]), ct);
        return Fragment.Go(http, "/orders/" + done.Number, texts["order.said_accepted", done.Number]);
    }

    private static async Task<IResult> Sign(IFormCollection form, AttachFile attach, SignOrder sign, HttpContext http, Texts texts, CancellationToken ct)
    {
        var (id, number, image) = (IdOf(form), form["Number"].ToString(), form["Image"].ToString());
        Refused.IfField(!image.StartsWith(PngHead, StringComparison.Ordinal) || image.Length > MostSignature, "Image", "order.signature_missing");
        var png = new byte[image.Length];
        Refused.IfField(!Convert.TryFromBase64String(image[PngHead.Length..], png, out var length), "Image", "order.signature_missing");
        // The same form sent again attaches nothing twice.
        var fileId = new Guid(SHA256.HashData([.. id.ToByteArray(), 1]).AsSpan(0, 16));
        var attached = await attach.Handle(fileId, OrdersModule.OrderPapers, number, $"{number}.png", new MemoryStream(png, 0, length), ct);
        await sign.Handle(new(id, number, attached.Id), ct);
        return Fragment.Go(http, "/orders/" + number, texts["order.said_signed"]);
    }

    private static Guid IdOf(IFormCollection form) => Guid.TryParse(form["RequestId"], out var id) ? id : throw new Refused("request.unreadable");

    /// <summary>What was filled in: fields of services are written in small letters, the form's own are not. A tick sends its yes before its no.</summary>
    private static Dictionary<string, string> Fields(IFormCollection form) =>
        form.Where(f => f.Key is [>= 'a' and <= 'z', ..] && !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.FirstOrDefault() ?? "");
}
