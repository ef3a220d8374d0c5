using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>终止分期: takes an active agreement back, with a reason; everything is due again at once.</summary>
public sealed class EndAgreement(Work work, Current current)
{
    [Needs("instalment.agree")]
    public sealed record Command(Guid RequestId, long AccountId, short Sequence, string Reason) : ICommand;

    /// <exception cref="Refused">agreement.not_found; agreement.not_active; agreement.reason_missing</exception>
    public Task<AgreementState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var bucket = Books.BucketOf(c.AccountId);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == c.AccountId, orRefuse: "agreement.not_found", ct);
        var agreement = await db.InstalmentAgreements.Hold(a => a.Bucket == bucket && a.AccountId == c.AccountId && a.Sequence == c.Sequence, orRefuse: "agreement.not_found", ct);
        Refused.If(!current.Covers(agreement.UnitPath), "agreement.not_found");
        agreement.End(c.Reason, current.Name, db.AtUtc);
        await AgreementEnds.Undo(db, agreement, balance, ct);
        db.Subject = agreement.Number;
        return agreement.State;
    }, ct);
}

/// <summary>An agreement is over and its bills were not all paid.</summary>
public sealed record AgreementBroken(long AccountId, short Sequence, string Number, AgreementState State);

/// <summary>All bills of an agreement are paid.</summary>
public sealed record AgreementPaid(long AccountId, short Sequence);

/// <summary>A payment of an agreement's bill was taken back.</summary>
public sealed record AgreementUnpaid(long AccountId, short Sequence);

/// <summary>What follows for an agreement from what happens to its bills.</summary>
public sealed class AgreementEnds(Current current) : IHandle<AgreementPaid>, IHandle<AgreementUnpaid>
{
    public async Task Handle(AgreementPaid happened, HallDb db, CancellationToken ct) => (await Of(db, happened.AccountId, happened.Sequence, ct)).Keep(db.AtUtc);

    public async Task Handle(AgreementUnpaid happened, HallDb db, CancellationToken ct)
    {
        var agreement = await Of(db, happened.AccountId, happened.Sequence, ct);
        if (agreement.State != AgreementState.Kept) return;
        var (bucket, id) = (agreement.Bucket, agreement.AccountId);
        if (!await db.InstalmentAgreements.AnyAsync(a => a.Bucket == bucket && a.AccountId == id && a.State == AgreementState.Active, ct))
        {
            agreement.GoOn();
            return;
        }

        // There is a newer one: the old one's bills are simply due.
        agreement.Break(agreement.Parts, current.Name, db.AtUtc);
        await Undo(db, agreement, await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "account.not_found", ct), ct);
    }

    /// <summary>Says whether all bills of the agreement that covers this one are paid, as they stand in the running command.</summary>
    internal static async Task Look(HallDb db, CustomerBill bill, CancellationToken ct)
    {
        if (bill.AgreedIn is not { } sequence) return;
        var (bucket, id) = (bill.Bucket, bill.AccountId);
        await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == id && b.AgreedIn == sequence).LoadAsync(ct);
        var isOpen = db.CustomerBills.Local.Any(b => b.AccountId == id && b.AgreedIn == sequence && b.State == BillState.Issued);
        db.Raise(isOpen ? new AgreementUnpaid(id, sequence) : new AgreementPaid(id, sequence));
    }

    /// <summary>Its bills are due at once, with their late fee, and the ladder goes on.</summary>
    internal static async Task Undo(HallDb db, InstalmentAgreement agreement, AccountBalance balance, CancellationToken ct)
    {
        var (bucket, id, sequence) = (agreement.Bucket, agreement.AccountId, agreement.Sequence);
        foreach (var bill in await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == id && b.AgreedIn == sequence).ToListAsync(ct)) bill.Disagree();
        if (balance.ArrearsStep is not null) db.Raise(new ArrearsResumed(id, balance.ArrearsEpisode));
        db.Raise(new AgreementBroken(id, sequence, agreement.Number, agreement.State));
    }

    private static Task<InstalmentAgreement> Of(HallDb db, long accountId, short sequence, CancellationToken ct)
    {
        var bucket = Books.BucketOf(accountId);
        return db.InstalmentAgreements.Hold(a => a.Bucket == bucket && a.AccountId == accountId && a.Sequence == sequence, orRefuse: "agreement.not_found", ct);
    }
}
