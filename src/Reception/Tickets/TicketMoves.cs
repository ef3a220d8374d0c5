using OpenHall.Kernel;
using A = OpenHall.Reception.TicketAction;
using S = OpenHall.Reception.TicketState;

namespace OpenHall.Reception;

public enum TicketState { Waiting, Called, Serving, Parked, NoShow, Done, Cancelled }

public enum TicketAction { Call, CallAgain, Start, MarkNoShow, Park, Return, Transfer, Prioritise, NextHere, GoOn, End, Join, Cancel }

/// <param name="Clerk">True: done by the clerk at the counter; false: by whoever leads the hall.</param>
public sealed record TicketMove(TicketState From, TicketAction Action, TicketState To, bool Clerk, bool Lead);

/// <summary>排队号's moves. The one table that the domain, the buttons, the help page and the test go by: a move is in it or it is refused.</summary>
public static class TicketMoves
{
    public static readonly IReadOnlyList<TicketMove> Table =
    [
        new(S.Waiting, A.Call,       S.Called,    Clerk: true,  Lead: false),
        new(S.Waiting, A.Transfer,   S.Waiting,   Clerk: false, Lead: true),
        new(S.Waiting, A.Prioritise, S.Waiting,   Clerk: false, Lead: true),
        new(S.Waiting, A.Join,       S.Cancelled, Clerk: true,  Lead: false),
        new(S.Waiting, A.Cancel,     S.Cancelled, Clerk: false, Lead: true),
        new(S.Called,  A.CallAgain,  S.Called,    Clerk: true,  Lead: false),
        new(S.Called,  A.Start,      S.Serving,   Clerk: true,  Lead: false),
        new(S.Called,  A.MarkNoShow, S.NoShow,    Clerk: true,  Lead: true),
        new(S.Called,  A.Return,     S.Waiting,   Clerk: false, Lead: true),
        new(S.Called,  A.Transfer,   S.Waiting,   Clerk: true,  Lead: true),
        new(S.Called,  A.Cancel,     S.Cancelled, Clerk: false, Lead: true),
        new(S.Serving, A.Park,       S.Parked,    Clerk: true,  Lead: false),
        new(S.Serving, A.Transfer,   S.Waiting,   Clerk: true,  Lead: false),
        new(S.Serving, A.NextHere,   S.Serving,   Clerk: true,  Lead: false),
        new(S.Serving, A.GoOn,       S.Waiting,   Clerk: true,  Lead: false),
        new(S.Serving, A.End,        S.Done,      Clerk: true,  Lead: false),
        new(S.Parked,  A.Call,       S.Called,    Clerk: true,  Lead: false),
        new(S.Parked,  A.Return,     S.Waiting,   Clerk: false, Lead: true),
        new(S.Parked,  A.Join,       S.Cancelled, Clerk: true,  Lead: false),
        new(S.Parked,  A.Cancel,     S.Cancelled, Clerk: true,  Lead: true),
        new(S.NoShow,  A.Return,     S.Waiting,   Clerk: true,  Lead: true),
    ];

    /// <exception cref="Refused">ticket.move_not_allowed</exception>
    public static TicketState Next(TicketState from, TicketAction action, string number) =>
        Table.SingleOrDefault(m => m.From == from && m.Action == action)?.To ?? throw new Refused("ticket.move_not_allowed", number);

    /// <summary>What may be done to a ticket in this state: the buttons beside it.</summary>
    public static IEnumerable<TicketAction> ForClerk(TicketState state) => Table.Where(m => m.From == state && m.Clerk).Select(m => m.Action);

    public static IEnumerable<TicketAction> ForLead(TicketState state) => Table.Where(m => m.From == state && m.Lead).Select(m => m.Action);

    /// <summary>Nothing happens to it any more today, unless the visitor comes late.</summary>
    public static bool IsOver(TicketState state) => state is S.NoShow or S.Done or S.Cancelled;
}
