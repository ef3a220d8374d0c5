using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Payments;

/// <summary>Prepares a deposit: an amount of the safe, with all takings that no deposit has taken yet.</summary>
public sealed class PrepareDeposit(Work work, Current current)
{
    private const int MaxClerks = 400;

    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, long AmountFen) : ICommand;

    public sealed record Prepared(Guid DepositId, string Number);

    /// <exception cref="Refused">day.not_open; safe.amount_invalid; safe.not_enough</exception>
    public Task<Prepared> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        Refused.IfField(c.AmountFen is < 1 or > Tendering.MaxFen, "Amount", "safe.amount_invalid");
        var safe = await HallSafe.Hold(db, hallId, ct);
        var packed = await db.BankDeposits.Where(d => d.HallId == hallId && (d.State == DepositState.Prepared || d.State == DepositState.Signed)).SumAsync(d => d.AmountFen, ct);
        Refused.IfField(safe.BalanceFen - packed < c.AmountFen, "Amount", "safe.not_enough", new Money(safe.BalanceFen - packed));
        var takings = await db.SafeTransfers.Where(t => t.HallId == hallId && t.State == TransferState.Confirmed && t.DepositId == null && (t.Kind == TransferKind.Takings || t.Kind == TransferKind.Drop)).OrderBy(t => t.Id).HoldAll(ct);
        var clerks = string.Join(' ', takings.Select(t => t.ClerkName).Distinct());
        var date = day.Date;
        var number = $"J{date.Day:yyyyMMdd}-{await db.BankDeposits.CountAsync(d => d.HallId == hallId && d.BusinessDate == date, ct) + 1}";
        var deposit = new BankDeposit(hallId, day.Date, number, new(c.AmountFen), clerks.Length <= MaxClerks ? clerks : clerks[..MaxClerks], current, db.AtUtc);
        foreach (var taking in takings) taking.GoesWith(deposit.Id);
        db.Add(deposit);
        db.Subject = number;
        db.Raise(new DepositMoved(deposit.Id, deposit.State));
        return new Prepared(deposit.Id, number);
    }, ct);
}

/// <summary>The second person has counted and signs.</summary>
public sealed class SignDeposit(Work work, Current current)
{
    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, Guid DepositId) : ICommand;

    /// <exception cref="Refused">deposit.not_found; deposit.same_person; deposit.move_not_allowed; hall.out_of_reach</exception>
    public Task<DepositState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var deposit = await db.HoldDeposit(current, c.DepositId, ct);
        deposit.Sign(current);
        return deposit.State;
    }, ct);
}

/// <summary>解款: the money leaves the house. The guard signs that he saw it off; now the books say it is at the bank.</summary>
public sealed class CarryDeposit(Work work, Current current)
{
    /// <param name="Carrier">Who carries it: one's own people or the security firm's, by name.</param>
    [Needs("safe.escort")]
    public sealed record Command(Guid RequestId, Guid DepositId, string Carrier, string SealNumber) : ICommand;

    /// <exception cref="Refused">deposit.not_found; deposit.move_not_allowed; deposit.carrier_missing; safe.not_enough; day.not_open; hall.out_of_reach</exception>
    public Task<DepositState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var (carrier, seal) = ((c.Carrier ?? "").Trim(), (c.SealNumber ?? "").Trim());
        Refused.IfField(carrier.Length is 0 or > BankDeposit.MaxWords, "Carrier", "deposit.carrier_missing");
        Refused.IfField(seal.Length is 0 or > BankDeposit.MaxWords, "SealNumber", "deposit.seal_missing");
        var hallId = await db.BankDeposits.Where(d => d.Id == c.DepositId).Select(d => (Guid?)d.HallId).SingleOrDefaultAsync(ct) ?? throw new Refused("deposit.not_found");
        var day = await db.OpenDay(hallId, ct);
        var safe = await HallSafe.Hold(db, hallId, ct);
        var deposit = await db.HoldDeposit(current, c.DepositId, ct);
        deposit.Carry(carrier, seal, current.Name, day.Date, db.AtUtc);
        safe.Move(db, SafeMovementKind.Deposit, day.Date, -deposit.AmountFen, deposit.Number, deposit.PreparedByName);
        db.Post(new JournalEntry("deposit", deposit.Number, day.Date, Posting.ToDebit(AccountCodes.Bank, deposit.Amount), Posting.ToCredit(AccountCodes.Cash, deposit.Amount)), hallId);
        return deposit.State;
    }, ct);
}

/// <summary>The bank's slip is back.</summary>
public sealed class EnterSlip(Work work, Current current)
{
    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, Guid DepositId, string SlipNumber, DateOnly Day) : ICommand;

    /// <exception cref="Refused">deposit.not_found; deposit.slip_missing; deposit.slip_day; deposit.move_not_allowed; hall.out_of_reach</exception>
    public Task<DepositState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var slip = (c.SlipNumber ?? "").Trim();
        Refused.IfField(slip.Length is 0 or > BankDeposit.MaxWords, "SlipNumber", "deposit.slip_missing");
        var deposit = await db.HoldDeposit(current, c.DepositId, ct);
        Refused.IfField(c.Day < deposit.BusinessDate.Day || c.Day > DateOnly.FromDateTime(Shown.Local(db.AtUtc)), "Day", "deposit.slip_day");
        deposit.Slip(slip, c.Day);
        return deposit.State;
    }, ct);
}

/// <summary>A deposit that has not left is opened again.</summary>
public sealed class CancelDeposit(Work work, Current current)
{
    [Needs("safe.keep")]
    public sealed record Command(Guid RequestId, Guid DepositId, string Reason) : ICommand;

    /// <exception cref="Refused">deposit.not_found; deposit.move_not_allowed; reason.missing; hall.out_of_reach</exception>
    public Task<DepositState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Reason) || c.Reason.Length > 200, "Reason", "reason.missing");
        var deposit = await db.HoldDeposit(current, c.DepositId, ct);
        deposit.Cancel(c.Reason.Trim());
        foreach (var taking in await db.SafeTransfers.Where(t => t.DepositId == deposit.Id).OrderBy(t => t.Id).HoldAll(ct)) taking.StaysAgain();
        return deposit.State;
    }, ct);
}

/// <summary>A deposit went one step on.</summary>
public sealed record DepositMoved(Guid DepositId, DepositState State);

static class HeldDeposit
{
    public static async Task<BankDeposit> HoldDeposit(this HallDb db, Current current, Guid id, CancellationToken ct)
    {
        var deposit = await db.BankDeposits.Hold(d => d.Id == id, orRefuse: "deposit.not_found", ct);
        await db.HallInReach(current, deposit.HallId, ct);
        (db.HallOfCommand, db.Subject) = (deposit.HallId, deposit.Number);
        db.Raise(new DepositMoved(deposit.Id, deposit.State));
        return deposit;
    }
}
