using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;

namespace OpenHall.Payments;

/// <summary>What lies on the clerk's desk once a customer is found: masked card, unpaid bills with today's late fee, balance.</summary>
public sealed class AccountDesk(HallDb db, Current current, CustomerFile files, LateFeeRules lateFees)
{
    /// <param name="Dues">Unpaid bills, the oldest first.</param>
    /// <param name="Pending">Payments of the account whose channel has not answered.</param>
    /// <param name="Visit">Who is at the counter; null: nobody called.</param>
    /// <param name="ArrearsStep">Code of the ladder's step reached; null: not on the ladder.</param>
    /// <param name="Agreement">The account's instalment agreement that is being kept; null: none.</param>
    /// <param name="WrittenOff">Bills that were written off; they are paid only where somebody ticks them.</param>
    /// <param name="Suspension">Of an account on the ladder, where it stands with being cut off; null: nowhere.</param>
    public sealed record View(AccountFile File, IReadOnlyList<Due> Dues, Money Balance, IReadOnlyList<Payment> Pending, Visit? Visit, bool IsOwn, string? ArrearsStep = null, SuspensionState? Suspension = null, AgreementStanding? Agreement = null, IReadOnlyList<Due>? WrittenOff = null)
    {
        public Money Total => Dues.Aggregate(Money.Zero, (sum, d) => sum + d.Total);
    }

    /// <exception cref="Refused">account.not_found; day.not_open; permission.missing</exception>
    public async Task<View> Of(string accountNumber, CancellationToken ct = default)
    {
        current.Require("payments.take");
        var file = await files.OfAccount(accountNumber, ct);
        var (id, bucket) = (file.Account.Id, file.Account.Bucket);
        var till = await db.TillSessions.SingleOrDefaultAsync(t => t.ClerkId == current.UserId && t.State == TillState.Open, ct);
        var date = till?.BusinessDate ?? (await db.CurrentDay(current.RequireHall(), ct) ?? throw new Refused("day.not_open")).Date;
        var all = await db.CustomerBills.AsNoTracking().Where(b => b.Bucket == bucket && b.AccountId == id && (b.State == BillState.Issued || b.State == BillState.WrittenOff)).OrderBy(b => b.DueDate).ThenBy(b => b.Period).ToListAsync(ct);
        var (bills, off) = (all.FindAll(b => b.State == BillState.Issued), all.FindAll(b => b.State == BillState.WrittenOff));
        foreach (var bill in off) bill.Revive();
        var balance = await db.AccountBalances.SingleOrDefaultAsync(b => b.Bucket == bucket && b.AccountId == id, ct);
        var suspension = balance?.ArrearsStep is null ? null
            : await db.SuspensionOrders.Where(o => o.Bucket == bucket && o.AccountId == id && o.Episode == balance.ArrearsEpisode).Select(o => (SuspensionState?)o.State).SingleOrDefaultAsync(ct);
        var agreement = bills.Exists(b => b.AgreedIn is not null) ? await AgreementStanding.OfAccount(db, id, date.Day, lateFees, ct) : null;
        var pending = await db.Payments.Where(p => p.Bucket == bucket && p.AccountId == id && p.State == PaymentState.Pending).OrderBy(p => p.TakenAtUtc).ToListAsync(ct);
        return new(file, [.. bills.Select(b => new Due(b, b.LateFeeOn(date.Day, lateFees)))], balance?.Balance ?? Money.Zero, pending, await db.VisitOf(current, ct), till?.IsOwn(id) ?? false, balance?.ArrearsStep, suspension, agreement, [.. off.Select(b => new Due(b, Money.Zero))]);
    }
}
