using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Money from the safe for a clerk: her float before she opens, or change into her open drawer. She counts it and confirms.</summary>
public sealed class IssueCash(Work work, Current current)
{
    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, Guid ClerkId, long AmountFen) : ICommand;

    /// <exception cref="Refused">day.not_open; safe.amount_invalid; safe.not_enough; safe.clerk_not_of_hall; safe.own</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        Refused.IfField(c.AmountFen is < 1 or > Tendering.MaxFen, "Amount", "safe.amount_invalid");
        Refused.If(c.ClerkId == current.UserId, "safe.own");
        var clerk = await db.Users.SingleOrDefaultAsync(u => u.Id == c.ClerkId && u.HallId == hallId && !u.HasLeft, ct) ?? throw new Refused("safe.clerk_not_of_hall") { Field = "ClerkId" };
        var till = await db.TillSessions.HoldOrNull(t => t.ClerkId == clerk.Id && t.HallId == hallId && t.State == TillState.Open, ct);
        var safe = await HallSafe.Hold(db, hallId, ct);
        Refused.IfField(safe.BalanceFen < c.AmountFen, "Amount", "safe.not_enough", safe.Balance);
        var transfer = new SafeTransfer(hallId, day.Date, till is null ? TransferKind.Float : TransferKind.Supply, clerk.Id, clerk.DisplayName, till?.Id, new(c.AmountFen), current, db.AtUtc);
        db.Add(transfer);
        db.Subject = clerk.UserName;
        db.Raise(new CashOffered(transfer.Id));
        return transfer.Id;
    }, ct);
}

/// <summary>Money from a clerk for the safe: out of her open drawer when there is too much in it, or all she counted after closing.</summary>
public sealed class HandInCash(Work work, Current current)
{
    /// <param name="AmountFen">Null, after closing: what was counted and not handed in yet.</param>
    [Needs("tills.open")]
    public sealed record Command(Guid RequestId, long? AmountFen) : ICommand;

    /// <exception cref="Refused">day.not_open; till.none_today; safe.amount_invalid; safe.nothing_left</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        var newest = await db.TillSessions.Where(t => t.ClerkId == current.UserId && t.HallId == hallId && t.BusinessDate == day.Date).OrderByDescending(t => t.OpenedAtUtc).Select(t => (Guid?)t.Id).FirstOrDefaultAsync(ct) ?? throw new Refused("till.none_today");
        var till = await db.TillSessions.Hold(t => t.Id == newest, orRefuse: "till.not_found", ct);
        var isOpen = till.State == TillState.Open;
        var given = isOpen ? 0 : await db.SafeTransfers.Where(t => t.TillSessionId == till.Id && t.Kind == TransferKind.Takings && t.State != TransferState.Withdrawn).SumAsync(t => t.AmountFen, ct);
        var left = isOpen ? Tendering.MaxFen : till.CountedFen!.Value - given;
        Refused.If(left <= 0, "safe.nothing_left");
        var amount = c.AmountFen ?? (isOpen ? 0 : left);
        Refused.IfField(amount < 1 || amount > left, "Amount", "safe.amount_invalid");
        // What is dropped is no more than what is there; how much that is stays unsaid.
        if (isOpen) Refused.IfField(amount > till.FloatFen + await db.TillMovements.Where(m => m.TillSessionId == till.Id && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen, ct), "Amount", "safe.amount_invalid");
        var transfer = new SafeTransfer(hallId, day.Date, isOpen ? TransferKind.Drop : TransferKind.Takings, till.ClerkId, till.ClerkName, till.Id, new(amount), current, db.AtUtc);
        db.Add(transfer);
        db.Subject = till.ClerkNumber;
        db.Raise(new CashOffered(transfer.Id));
        return transfer.Id;
    }, ct);
}

/// <summary>The receiver has counted and confirms; or whoever offered takes it back.</summary>
public sealed class EndTransfer(Work work, Current current)
{
    /// <param name="Confirm">False: withdrawn, nothing has moved.</param>
    [NeedsSignIn("only the receiver confirms and only who offered withdraws")]
    public sealed record Command(Guid RequestId, Guid TransferId, bool Confirm) : ICommand;

    /// <exception cref="Refused">transfer.not_found; transfer.ended; transfer.not_yours; safe.not_enough; till.closed; hall.out_of_reach</exception>
    public Task<TransferState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var found = await db.SafeTransfers.SingleOrDefaultAsync(t => t.Id == c.TransferId, ct) ?? throw new Refused("transfer.not_found");
        await db.HallInReach(current, found.HallId, ct);
        var day = await db.OpenDay(found.HallId, ct);
        var till = found.TillSessionId is { } id ? await db.TillSessions.Hold(t => t.Id == id, orRefuse: "till.not_found", ct) : null;
        var safe = await HallSafe.Hold(db, found.HallId, ct);
        var transfer = await db.SafeTransfers.Hold(t => t.Id == c.TransferId, orRefuse: "transfer.not_found", ct);
        var mayEnd = c.Confirm
            ? transfer.OfferedBy != current.UserId && (transfer.ToClerk ? transfer.ClerkId == current.UserId : current.Can("safe.keep"))
            : transfer.OfferedBy == current.UserId;
        Refused.If(!mayEnd, "transfer.not_yours");
        transfer.End(c.Confirm ? TransferState.Confirmed : TransferState.Withdrawn, current.Name, db.AtUtc);
        db.Subject = till?.ClerkNumber ?? current.StaffNumber;
        if (c.Confirm)
        {
            var kind = Enum.Parse<SafeMovementKind>(transfer.Kind.ToString());
            safe.Move(db, kind, day.Date, transfer.ToClerk ? -transfer.AmountFen : transfer.AmountFen, transfer.ClerkName, current.Name, till?.Id);
            if (transfer.Kind is TransferKind.Drop or TransferKind.Supply)
            {
                till!.RequireOpen();
                db.Insert(new TillMovement
                {
                    TillSessionId = till.Id, HallId = till.HallId, BusinessDate = till.BusinessDate, Kind = transfer.Kind == TransferKind.Drop ? MovementKind.Drop : MovementKind.Supply, Tender = TenderKind.Cash,
                    AmountFen = transfer.Kind == TransferKind.Drop ? -transfer.AmountFen : transfer.AmountFen, Reference = transfer.Id.ToString("N"), AtUtc = db.AtUtc,
                });
            }
        }

        db.Raise(new CashTransferEnded(transfer.Id, transfer.State));
        return transfer.State;
    }, ct);
}

/// <summary>Somebody holds out money; the other side is to count it.</summary>
public sealed record CashOffered(Guid TransferId);

public sealed record CashTransferEnded(Guid TransferId, TransferState State);
