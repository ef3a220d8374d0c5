using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>号码流转: reserves, occupies, gives out, gives back, freezes a number. Two counters that want the same stand in line at its row: one gets it.</summary>
public sealed class MoveNumber(Work work, Current current, NumberGrades grades)
{
    /// <param name="For">Order number or reason; never personal data.</param>
    [Needs("numbers.take")]
    public sealed record Command(Guid RequestId, string Number, NumberAction Action, string? For = null) : ICommand;

    public sealed record Moved(string Number, NumberState State, DateTime? UntilUtc);

    /// <exception cref="Refused">number.not_found; number.not_free; number.move_not_allowed; number.held_by_other; permission.missing; reason.missing; account.out_of_reach</exception>
    public Task<Moved> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.If(c.Action is NumberAction.Lapse or NumberAction.Warm, "number.move_not_allowed", c.Number);
        if (c.Action is NumberAction.Freeze or NumberAction.Thaw) current.Require("numbers.manage");
        Refused.IfField(c.For?.Length > 60 || c.Action is NumberAction.Freeze && string.IsNullOrWhiteSpace(c.For), "For", "reason.missing");
        var number = await db.PoolNumbers.Hold(n => n.Number == c.Number, orRefuse: "number.not_found", ct);
        Refused.If(!current.UnitsSeen.Any(u => u.StartsWith(number.UnitPath, StringComparison.Ordinal)) && !Reach.Covers(current, number.UnitPath), "account.out_of_reach");
        var until = c.Action switch { NumberAction.Reserve => db.AtUtc + grades.ReserveFor, NumberAction.GiveBack => db.AtUtc + grades.CoolFor, _ => (DateTime?)null };
        number.Move(c.Action, current.UserId, current.Name, c.For?.Trim(), until);
        db.Add(new NumberStep { Number = number.Number, Action = c.Action, Becomes = number.State, AtUtc = db.AtUtc, StaffId = current.UserId, StaffName = current.Name, Words = c.For?.Trim() });
        db.Subject = number.Number;
        return new Moved(number.Number, number.State, number.UntilUtc);
    }, ct);
}
