using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>签订分期: overdue bills of an account are to be paid in parts. From which amount on another person has to agree says the pack.</summary>
public sealed class AgreeInstalments(Work work, Current current, InstalmentTerms terms, LateFeeRules lateFees)
{
    /// <param name="Bills">Numbers of overdue bills of the account, 1–<see cref="InstalmentAgreement.MostBills"/>.</param>
    /// <param name="TotalFen">Their owing and late fee today, as the form showed it: to this amount the other person agrees.</param>
    /// <param name="Parts">Including the down payment.</param>
    /// <param name="DownFen">Due on the day of signing.</param>
    /// <param name="NextDue">Date of the second part; the others follow a month apart.</param>
    [Needs("instalment.agree")]
    [FourEyes("instalment.approve", Large = "instalment.approve_large")]
    public sealed record Command(Guid RequestId, string AccountNumber, IReadOnlyList<string> Bills, long TotalFen, int Parts, long DownFen, DateOnly NextDue, string? Note = null) : IAskedByAmount
    {
        public ApprovalNeed NeedOf(IServiceProvider services) => services.GetRequiredService<InstalmentTerms>().Approve.Of(new(TotalFen));
    }

    /// <param name="Number">Number of the agreement.</param>
    public sealed record Agreed(string Number, long TotalFen, IReadOnlyList<AgreedPart> Parts);

    public sealed record AgreedPart(short Part, DateOnly DueOn, long AmountFen);

    /// <exception cref="Refused">approval.needed; account.not_found; agreement.none_here; agreement.already_there; agreement.no_bills; agreement.bill_not_overdue; agreement.total_changed;
    /// agreement.parts_wrong; agreement.down_wrong; agreement.next_due_wrong; agreement.too_long; agreement.note_too_long</exception>
    public Task<Agreed> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.If(!terms.Exist, "agreement.none_here");
        Refused.IfField(c.Note?.Length > InstalmentAgreement.MaxNote, "Note", "agreement.note_too_long", InstalmentAgreement.MaxNote);
        var keys = c.Bills.Distinct().Select(n => BillKey.TryParse(n, out var key) ? key : throw new Refused("bill.not_found")).ToList();
        Refused.IfField(keys.Count is 0 or > InstalmentAgreement.MostBills, "Bills", "agreement.no_bills", InstalmentAgreement.MostBills);
        var account = await db.BillingAccounts.SeenBy(current).SingleOrDefaultAsync(a => a.Number == c.AccountNumber, ct) ?? throw new Refused("account.not_found");
        var (bucket, id) = (account.Bucket, account.Id);
        var balance = await db.AccountBalances.Hold(b => b.Bucket == bucket && b.AccountId == id, orRefuse: "account.not_found", ct);
        var earlier = await db.InstalmentAgreements.Where(a => a.Bucket == bucket && a.AccountId == id).ToListAsync(ct);
        if (earlier.Find(a => a.State == AgreementState.Active) is { } active) throw new Refused("agreement.already_there", active.Number);

        var today = DateOnly.FromDateTime(Shown.Local(db.AtUtc));
        var overdue = await db.CustomerBills.AsTracking().Where(b => b.Bucket == bucket && b.AccountId == id && b.State == BillState.Issued && b.DueDate < today).ToListAsync(ct);
        var bills = keys.Select(k => overdue.Find(b => b.Key == k) ?? throw new Refused("agreement.bill_not_overdue", k.Number)).ToList();
        var total = new Money(bills.Sum(b => b.Owing.Fen + b.LateFeeOn(today, lateFees).Fen));
        Refused.If(total.Fen != c.TotalFen, "agreement.total_changed", new Money(c.TotalFen), total);
        var plan = InstalmentPlan.Of(terms, total, new(c.DownFen), c.Parts, today, c.NextDue);

        var agreement = new InstalmentAgreement
        {
            Bucket = bucket, AccountId = id, Sequence = (short)(earlier.Count + 1), AccountNumber = account.Number, UnitPath = account.UnitPath, SignedOn = today, TotalFen = total.Fen, Parts = (short)plan.Count,
            GraceDays = (short)terms.GraceDays, LateFeeStands = terms.LateFeeStands, Note = string.IsNullOrWhiteSpace(c.Note) ? null : c.Note.Trim(),
            AskedByName = current.Name, ApprovedByName = db.ApprovedByName() ?? "", AtUtc = db.AtUtc,
        };
        db.Add(agreement);
        db.AddRange(plan.Select(p => new InstalmentPart { Bucket = bucket, AccountId = id, Sequence = agreement.Sequence, Part = p.Number, DueOn = p.DueOn, AmountFen = p.Amount.Fen }));
        foreach (var bill in bills)
        {
            db.Add(new InstalmentBill
            {
                Bucket = bucket, AccountId = id, Sequence = agreement.Sequence, Period = bill.Period, Issue = bill.Issue, OwingFen = bill.Owing.Fen, LateFeeFen = bill.LateFeeOn(today, lateFees).Fen,
                AmountFen = bill.AmountFen, PaidFen = bill.PaidFen + bill.LateFeePaidFen + bill.LateFeeWaivedFen,
            });
            bill.Agree(agreement.Sequence, terms.LateFeeStands ? today : null);
        }

        if (balance.ArrearsStep is not null && overdue.TrueForAll(b => b.AgreedIn is not null)) db.Raise(new ArrearsPaused(id, balance.ArrearsEpisode));
        db.Subject = agreement.Number;
        db.Raise(new AgreementSigned(id, agreement.Sequence, agreement.Number, total.Fen));
        return new Agreed(agreement.Number, total.Fen, [.. plan.Select(p => new AgreedPart(p.Number, p.DueOn, p.Amount.Fen))]);
    }, ct);
}

/// <summary>Overdue bills are to be paid in parts.</summary>
public sealed record AgreementSigned(long AccountId, short Sequence, string Number, long TotalFen);
