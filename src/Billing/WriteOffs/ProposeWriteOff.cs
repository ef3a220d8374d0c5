using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Ledger;

namespace OpenHall.Billing;

/// <summary>When a debt may be written off, from <c>writeOff</c> of the packs' <c>billing.yaml</c>.</summary>
public sealed class WriteOffTerms
{
    /// <summary>Days that each bill is overdue, at least.</summary>
    public int LeastDaysOverdue { get; private set; } = 365;
    public ApprovalSteps Approve { get; private set; } = new(Money.Zero, null);

    public static WriteOffTerms Read(Packs packs)
    {
        var terms = new WriteOffTerms();
        foreach (var file in packs.Files("billing.yaml").Where(f => f.Has("writeOff")))
        {
            var node = file["writeOff"];
            (terms.LeastDaysOverdue, terms.Approve) = (node.Number("leastDaysOverdue", terms.LeastDaysOverdue), ApprovalSteps.Read(node.Optional("approve")));
            if (terms.LeastDaysOverdue is < 1 or > 3650) node.Error("leastDaysOverdue is from 1 to 3650");
        }

        return terms;
    }
}

/// <summary>核销申请: proposes to give up overdue bills of an account; files of evidence are added to it.</summary>
public sealed class ProposeWriteOff(Work work, Current current, WriteOffTerms terms)
{
    public const int MostBills = 60;

    /// <param name="Bills">Numbers of bills of the account, overdue long enough.</param>
    /// <param name="Note">What was tried to collect it, 1–<see cref="WriteOff.MaxNote"/> characters.</param>
    [Needs("writeoff.propose")]
    public sealed record Command(Guid RequestId, string AccountNumber, IReadOnlyList<string> Bills, WriteOffReason Reason, string Note) : ICommand;

    public sealed record Proposed(long AccountId, short Sequence, string Number, long TotalFen);

    /// <exception cref="Refused">account.not_found; writeoff.already_proposed; writeoff.no_bills; writeoff.not_overdue; writeoff.note_missing; agreement.binds_bill</exception>
    public Task<Proposed> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.IfField(string.IsNullOrWhiteSpace(c.Note) || c.Note.Length > WriteOff.MaxNote, "Note", "writeoff.note_missing", WriteOff.MaxNote);
        var keys = c.Bills.Distinct().Select(n => BillKey.TryParse(n, out var key) ? key : throw new Refused("bill.not_found")).ToList();
        Refused.IfField(keys.Count is 0 or > MostBills, "Bills", "writeoff.no_bills", MostBills);
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var (bucket, id) = (account.Bucket, account.Id);
        await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "account.not_found", ct);
        var earlier = await db.WriteOffs.Where(w => w.Bucket == bucket && w.AccountId == id).ToListAsync(ct);
        if (earlier.Find(w => w.State == WriteOffState.Proposed) is { } open) throw new Refused("writeoff.already_proposed", open.Number);
        var latest = DateOnly.FromDateTime(Shown.Local(db.AtUtc)).AddDays(-terms.LeastDaysOverdue);
        var unpaid = await db.CustomerBills.Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued && b.DueDate <= latest).ToListAsync(ct);
        var bills = keys.Select(k => unpaid.Find(b => b.Key == k && b.Owing > Money.Zero) ?? throw new Refused("writeoff.not_overdue", k.Number, terms.LeastDaysOverdue)).ToList();
        if (bills.Find(b => b.AgreedIn is not null) is { } bound) throw new Refused("agreement.binds_bill", bound.Number);
        var off = new WriteOff
        {
            Bucket = bucket, AccountId = id, Sequence = (short)(earlier.Count + 1), AccountNumber = account.Number, UnitPath = account.UnitPath, Reason = c.Reason, Note = c.Note.Trim(),
            TotalFen = bills.Sum(b => b.Owing.Fen), ProposedByName = current.Name, ProposedAtUtc = db.AtUtc,
        };
        db.Add(off);
        db.AddRange(bills.Select(b => new WriteOffBill { Bucket = bucket, AccountId = id, Sequence = off.Sequence, Period = b.Period, Issue = b.Issue, AmountFen = b.Owing.Fen }));
        db.Subject = off.Number;
        db.Raise(new WriteOffMoved(id, off.Sequence, off.State));
        return new Proposed(id, off.Sequence, off.Number, off.TotalFen);
    }, ct);
}

/// <summary>A write-off was proposed, booked or withdrawn.</summary>
public sealed record WriteOffMoved(long AccountId, short Sequence, WriteOffState State);

/// <summary>核销: books a proposal with another person's agreement, once its evidence is there: debit 1231 (allowance for bad debts), credit 1122.</summary>
public sealed class BookWriteOff(Work work, Current current)
{
    /// <param name="TotalFen">Of the proposal: to this amount the other person agrees.</param>
    [Needs("writeoff.propose")]
    [FourEyes("writeoff.approve", Large = "writeoff.approve_large")]
    public sealed record Command(Guid RequestId, long AccountId, short Sequence, long TotalFen) : IAskedByAmount
    {
        public ApprovalNeed NeedOf(IServiceProvider services) => services.GetRequiredService<WriteOffTerms>().Approve.Of(new(TotalFen));
    }

    /// <exception cref="Refused">approval.needed; writeoff.not_found; writeoff.not_proposed; writeoff.evidence_missing; writeoff.total_changed (something was paid or changed since)</exception>
    public Task<string> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var bucket = Books.BucketOf(c.AccountId);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == c.AccountId, orRefuse: "writeoff.not_found", ct);
        var off = await db.WriteOffs.Hold(w => w.Bucket == bucket && w.AccountId == c.AccountId && w.Sequence == c.Sequence, orRefuse: "writeoff.not_found", ct);
        Refused.If(!current.Covers(off.UnitPath), "writeoff.not_found");
        Refused.If(off.State != WriteOffState.Proposed, "writeoff.not_proposed", off.Number);
        Refused.If(!await db.Attachments.AnyAsync(f => f.OwnerKind == WriteOff.OwnerKind && f.OwnerKey == off.Number, ct), "writeoff.evidence_missing", off.Number);
        var agreed = await db.WriteOffBills.Where(b => b.Bucket == bucket && b.AccountId == c.AccountId && b.Sequence == c.Sequence).ToListAsync(ct);
        var bills = (await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == c.AccountId && b.State == BillState.Issued).ToListAsync(ct)).Where(b => agreed.Exists(a => a.Key == b.Key)).ToList();
        var total = new Money(bills.Sum(b => b.Owing.Fen));
        Refused.If(total != off.Total || c.TotalFen != off.TotalFen, "writeoff.total_changed", off.Total, total);
        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        foreach (var bill in bills) bill.WriteOff(today);
        off.Do(today, current.Name, db.ApprovedByName() ?? "", db.AtUtc);
        db.PostToAccount(c.AccountId, new JournalEntry("writeoff", off.Number, new BusinessDate(today), Posting.ToDebit(AccountCodes.BadDebtAllowance, total), Posting.ToCredit(AccountCodes.Receivable, total)));
        await LeaveLadder(db, balance, off, today, ct);
        db.Subject = off.Number;
        db.Raise(new WriteOffMoved(c.AccountId, c.Sequence, off.State));
        return off.Number;
    }, ct);

    /// <summary>Nothing is asked for any more; but what is cut off stays so, since nothing was paid.</summary>
    private async Task LeaveLadder(HallDb db, AccountBalance balance, WriteOff off, DateOnly today, CancellationToken ct)
    {
        if (balance.ArrearsStep is null || db.CustomerBills.Local.Any(b => b.AccountId == balance.AccountId && b.State == BillState.Issued && b.DueDate < today)) return;
        balance.LeaveLadder();
        var (bucket, id, episode) = (balance.Bucket, balance.AccountId, balance.ArrearsEpisode);
        var order = await db.SuspensionOrders.HoldOrNull(o => o.Bucket == bucket && o.AccountId == id && o.Episode == episode, ct);
        if (order is not { State: SuspensionState.Ordered }) return;
        order.Move(SuspensionAction.Withdraw, off.Number, current.Name, db.AtUtc);
        db.Raise(new SuspensionMoved(order.Id, order.State));
    }
}

/// <summary>Takes a proposal back.</summary>
public sealed class WithdrawWriteOff(Work work, Current current)
{
    [Needs("writeoff.propose")]
    public sealed record Command(Guid RequestId, long AccountId, short Sequence) : ICommand;

    /// <exception cref="Refused">writeoff.not_found; writeoff.not_proposed</exception>
    public Task<WriteOffState> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var bucket = Books.BucketOf(c.AccountId);
        var off = await db.WriteOffs.Hold(w => w.Bucket == bucket && w.AccountId == c.AccountId && w.Sequence == c.Sequence, orRefuse: "writeoff.not_found", ct);
        Refused.If(!current.Covers(off.UnitPath), "writeoff.not_found");
        off.Withdraw(current.Name, db.AtUtc);
        db.Subject = off.Number;
        db.Raise(new WriteOffMoved(c.AccountId, c.Sequence, off.State));
        return off.State;
    }, ct);
}
