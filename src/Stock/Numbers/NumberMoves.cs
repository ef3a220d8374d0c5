using OpenHall.Kernel;

namespace OpenHall.Stock;

/// <summary>Idle: to be had. Reserved: kept for a customer until a time. PreOccupied: an order is being made of it. InUse. Frozen: not to be given out. Cooling: given back, not yet to be had again.</summary>
public enum NumberState { Idle, Reserved, PreOccupied, InUse, Frozen, Cooling }

/// <summary>Lapse and Warm come by themselves, when a reservation or the cooling is over.</summary>
public enum NumberAction { Reserve, Release, Lapse, Occupy, GiveUp, Use, GiveBack, Freeze, Thaw, Warm }

/// <summary>Every move of a number there is; what is not here is refused.</summary>
public static class NumberMoves
{
    public static readonly IReadOnlyList<(NumberState From, NumberAction Action, NumberState To)> Table =
    [
        (NumberState.Idle, NumberAction.Reserve, NumberState.Reserved),
        (NumberState.Idle, NumberAction.Occupy, NumberState.PreOccupied),
        (NumberState.Idle, NumberAction.Freeze, NumberState.Frozen),
        (NumberState.Reserved, NumberAction.Release, NumberState.Idle),
        (NumberState.Reserved, NumberAction.Lapse, NumberState.Idle),
        (NumberState.Reserved, NumberAction.Occupy, NumberState.PreOccupied),
        (NumberState.PreOccupied, NumberAction.GiveUp, NumberState.Idle),
        (NumberState.PreOccupied, NumberAction.Use, NumberState.InUse),
        (NumberState.InUse, NumberAction.GiveBack, NumberState.Cooling),
        (NumberState.Frozen, NumberAction.Thaw, NumberState.Idle),
        (NumberState.Cooling, NumberAction.Warm, NumberState.Idle),
        (NumberState.Cooling, NumberAction.Freeze, NumberState.Frozen),
    ];

    /// <exception cref="Refused">number.not_free (somebody was first), number.move_not_allowed</exception>
    public static NumberState Next(NumberState from, NumberAction action, string number) =>
        Table.Where(m => m.From == from && m.Action == action).Select(m => (NumberState?)m.To).SingleOrDefault()
        ?? throw new Refused(action is NumberAction.Reserve or NumberAction.Occupy ? "number.not_free" : "number.move_not_allowed", number);
}
