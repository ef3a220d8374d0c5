using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>抄表例日: makes a billing cycle, or changes its name, months and day. What was billed stays as it is.</summary>
public sealed partial class SaveCycle(Work work)
{
    /// <param name="Id">Null: a new one.</param>
    /// <param name="Code">Of a new one: 1–20 capital letters, digits, hyphens.</param>
    [Needs("routes.manage")]
    public sealed record Command(Guid RequestId, Guid? Id, string? Code, string? Name, CycleMonths Months, int ReadingDay) : ICommand;

    /// <returns>Id of the cycle.</returns>
    /// <exception cref="Refused">All mistakes of the form at once; cycle.not_found</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var mistakes = new List<Refused>();
        var (code, name) = Checked(c.Id is null, c.Code, c.Name, mistakes);
        if (c.ReadingDay is < 1 or > 31) mistakes.Add(new("cycle.day_wrong") { Field = "ReadingDay" });
        if (c.Id is null && await db.BillingCycles.AnyAsync(x => x.Code == code, ct)) mistakes.Add(new("route.code_taken", code) { Field = "Code" });
        Refused.IfAny(mistakes);
        var cycle = c.Id is { } id ? await db.BillingCycles.Hold(x => x.Id == id, orRefuse: "cycle.not_found", ct) : new BillingCycle { Code = code, Name = name };
        (cycle.Name, cycle.Months, cycle.ReadingDay) = (name, c.Months, (short)c.ReadingDay);
        if (c.Id is null) db.Add(cycle);
        db.Subject = cycle.Code;
        return cycle.Id;
    }, ct);

    /// <summary>Code and name of a cycle or route as they are kept.</summary>
    internal static (string Code, string Name) Checked(bool isNew, string? code, string? name, List<Refused> mistakes)
    {
        var (shortened, words) = ((code ?? "").Trim().ToUpperInvariant(), (name ?? "").Trim());
        if (isNew && !CodePattern().IsMatch(shortened)) mistakes.Add(new("route.code_wrong") { Field = "Code" });
        if (words.Length is 0 or > BillingCycle.MostNameLength) mistakes.Add(new("route.name_wrong", BillingCycle.MostNameLength) { Field = "Name" });
        return (shortened, words);
    }

    [GeneratedRegex("^[A-Z0-9-]{1,20}$")]
    private static partial Regex CodePattern();
}
