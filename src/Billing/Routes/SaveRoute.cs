using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>抄表段: makes a reading route, or changes its name, cycle and reader.</summary>
public sealed class SaveRoute(Work work, Current current)
{
    /// <param name="Id">Null: a new one.</param>
    /// <param name="Code">Of a new one: 1–20 capital letters, digits, hyphens.</param>
    /// <param name="UnitPath">Of a new one: unit whose accounts it may hold; null: that of the person.</param>
    /// <param name="ReaderNumber">Staff number of who reads it; empty: nobody yet.</param>
    [Needs("routes.manage")]
    public sealed record Command(Guid RequestId, Guid? Id, string? Code, string? Name, string? UnitPath, Guid? CycleId, string? ReaderNumber) : ICommand;

    /// <returns>Id of the route.</returns>
    /// <exception cref="Refused">All mistakes of the form at once; route.not_found; account.out_of_reach</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var mistakes = new List<Refused>();
        var (code, name) = SaveCycle.Checked(c.Id is null, c.Code, c.Name, mistakes);
        var unit = string.IsNullOrWhiteSpace(c.UnitPath) ? current.UnitPath : c.UnitPath;
        if (c.Id is null && await db.ReadingRoutes.AnyAsync(x => x.Code == code, ct)) mistakes.Add(new("route.code_taken", code) { Field = "Code" });
        if (!await db.BillingCycles.AnyAsync(x => x.Id == c.CycleId, ct)) mistakes.Add(new("cycle.not_found") { Field = "CycleId" });
        var number = string.IsNullOrWhiteSpace(c.ReaderNumber) ? null : c.ReaderNumber.Trim();
        var reader = number is null ? null : await db.Staff.SingleOrDefaultAsync(s => s.UserName == number && !s.HasLeft, ct);
        if (number is not null && reader is null) mistakes.Add(new("route.reader_unknown", number) { Field = "ReaderNumber" });
        Refused.IfAny(mistakes);
        var route = c.Id is { } id ? await db.ReadingRoutes.Hold(x => x.Id == id, orRefuse: "route.not_found", ct) : new ReadingRoute { Code = code, Name = name, UnitPath = unit };
        Refused.If(!Reach.Covers(current, route.UnitPath), "account.out_of_reach");
        (route.Name, route.CycleId, route.ReaderId, route.ReaderName) = (name, c.CycleId!.Value, reader?.Id, reader?.DisplayName);
        if (c.Id is null) db.Add(route);
        db.Subject = route.Code;
        return route.Id;
    }, ct);
}
