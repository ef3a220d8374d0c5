using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>What a hall has to give out: the pool of telephone numbers.</summary>
public sealed class StockModule : Module
{
    public override IEnumerable<MenuPage> Menu => [new("/numbers", "number.title", "numbers.see", "counter", 40)];

    public override void Add(IServiceCollection services) => services.AddFromPacks(NumberGrades.Read);

    public override void MapApi(IEndpointRouteBuilder api)
    {
        var numbers = api.MapGroup("/numbers").WithTags("Numbers");
        numbers.MapPost("/find", (FindNumbers.Asked asked, FindNumbers find, CancellationToken ct) => find.Find(asked, ct)).RequireAuthorization("numbers.see").WithSummary("Numbers of the pool by beginning, end, kind of end, without a four, grade.");
        numbers.MapPost("/move", (MoveNumber.Command command, MoveNumber move, CancellationToken ct) => move.Handle(command, ct)).RequireAuthorization("numbers.take").WithSummary("Reserves, occupies, gives out, gives back, freezes or thaws a number.");
        numbers.MapPost("/import", (ImportNumbers.Command command, ImportNumbers import, CancellationToken ct) => import.Handle(command, ct)).RequireAuthorization("numbers.manage").WithSummary("Puts a list of numbers into the pool; every wrong line is named.");
    }

    public override void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/numbers/move", async ([FromForm] MoveNumber.Command command, MoveNumber move, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var moved = await move.Handle(command, ct);
            return Fragment.Go(http, "/numbers?tail=" + moved.Number[^4..] + "&state=" + moved.State, texts["number.said_moved", moved.Number, texts["number.state." + moved.State]]);
        }).RequireAuthorization("numbers.take").ExcludeFromDescription();
        pages.MapPost("/numbers/import", async (IFormCollection form, ImportNumbers import, HttpContext http, Texts texts, CancellationToken ct) =>
        {
            var file = form.Files.GetFile("File");
            if (file is null) throw new Refused("number.list_empty") { Field = "File" };
            using var reader = new StreamReader(file.OpenReadStream());
            var lines = (await reader.ReadToEndAsync(ct)).Split('\n');
            var count = await import.Handle(new(Guid.TryParse(form["RequestId"], out var id) ? id : Guid.Empty, lines), ct);
            return Fragment.Go(http, "/numbers", texts["number.said_imported", count]);
        }).RequireAuthorization("numbers.manage").WithMetadata(new RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
    }

    /// <summary>Bytes of a list: a million numbers.</summary>
    private const long MostBytes = 16 * 1024 * 1024;
}
