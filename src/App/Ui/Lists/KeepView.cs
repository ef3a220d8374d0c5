using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Keeps a list's view under a name; the same name again takes the new view.</summary>
public sealed class KeepView(Work work, Current current)
{
    [OpenToVisitors("it writes only the own views of whoever is signed in")]
    public sealed record Command(Guid RequestId, string Name, string Path, string Query) : ICommand;

    /// <exception cref="Refused">signin.needed, view.name_missing, view.too_long, view.too_many</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var user = current.UserId ?? throw new Refused("signin.needed");
        var name = c.Name.Trim();
        Refused.IfField(name.Length is 0 or > SavedView.MaxNameLength, nameof(c.Name), "view.name_missing", SavedView.MaxNameLength);
        Refused.If(c.Path is not ['/', ..] || c.Path.Length > SavedView.MaxPathLength || c.Query.Length > SavedView.MaxQueryLength, "view.too_long");
        var view = await db.SavedViews.HoldOrNull(v => v.UserId == user && v.Path == c.Path && v.Name == name, ct);
        if (view is null)
        {
            Refused.If(await db.SavedViews.CountAsync(v => v.UserId == user && v.Path == c.Path, ct) >= SavedView.MaxOfOneList, "view.too_many", SavedView.MaxOfOneList);
            view = new SavedView { UserId = user, Path = c.Path, Name = name, Query = c.Query };
            db.Add(view);
        }

        view.Query = c.Query;
        return view.Id;
    }, ct);
}

/// <summary>Forgets one of the own views.</summary>
public sealed class ForgetView(Work work, Current current)
{
    [OpenToVisitors("it removes only the own views of whoever is signed in")]
    public sealed record Command(Guid RequestId, Guid ViewId) : ICommand;

    /// <exception cref="Refused">view.not_found</exception>
    public Task<bool> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var view = await db.SavedViews.Hold(v => v.Id == c.ViewId && v.UserId == current.UserId, orRefuse: "view.not_found", ct);
        db.Remove(view);
        return true;
    }, ct);
}

static class ViewEndpoints
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/views", async ([FromForm] KeepView.Command c, KeepView keep, CancellationToken ct) =>
        {
            await keep.Handle(c, ct);
            return Results.NoContent();
        }).RequireAuthorization().ExcludeFromDescription();
        pages.MapPost("/views/forget", async ([FromForm] ForgetView.Command c, ForgetView forget, CancellationToken ct) =>
        {
            await forget.Handle(c, ct);
            return Results.NoContent();
        }).RequireAuthorization().ExcludeFromDescription();
    }
}
