using Microsoft.EntityFrameworkCore;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Demo;

/// <summary>What becomes of old debts: some are paid in parts, some by a bank, and some accounts pay ahead.</summary>
sealed class DemoDebts(Actors actors, SimulatedClock clock)
{
    private const string BillingOffice = "1401";
    /// <summary>Debts that are agreed on in parts, 分: smaller ones are paid at once, larger ones need another person.</summary>
    private const long FromFen = 80_00, UpToFen = 500_00;

    /// <param name="today">The debts are as they stand in the afternoon of this day.</param>
    public async Task Make(DateOnly today, CancellationToken ct)
    {
        clock.SetTo(today, new(15, 30));
        var debtors = await Debtors(today, ct);
        await Agreements(debtors, today, ct);
        await Prepaid(ct);
        await Debits(debtors, today, ct);
    }

    private sealed record Debtor(long Id, string Number, IReadOnlyList<CustomerBill> Bills);

    private async Task<IReadOnlyList<Debtor>> Debtors(DateOnly today, CancellationToken ct)
    {
        var overdue = (await actors.Read(db => db.CustomerBills.Where(b => b.Bucket >= 0 && b.State == BillState.Issued && b.DueDate < today).OrderBy(b => b.AccountId).ThenBy(b => b.Period).ToListAsync(ct), ct)).ToLookup(b => b.AccountId);
        return [.. overdue.Select(g => new Debtor(g.Key, AccountNumber.Of(g.Key), [.. g]))];
    }

    /// <summary>Some who have money on their account pay ahead; for a few of them it does not last.</summary>
    private async Task Prepaid(CancellationToken ct)
    {
        var rich = await actors.Read(db => db.AccountBalances.Where(b => b.Bucket >= 0 && b.BalanceFen > 0).OrderByDescending(b => b.BalanceFen).ThenBy(b => b.AccountId).Take(5).Select(b => b.AccountId).ToListAsync(ct), ct);
        foreach (var account in rich) await actors.As(BillingOffice, (SetPrepaid set) => set.Handle(new(Guid.CreateVersion7(), AccountNumber.Of(account), true, 50_00, 10_00), ct));
    }

    /// <summary>Some who forget to pay let a bank collect: the next batch asks for them.</summary>
    private async Task Debits(IReadOnlyList<Debtor> debtors, DateOnly today, CancellationToken ct)
    {
        foreach (var (debtor, n) in debtors.Skip(8).Take(16).Select((d, n) => (d, n)))
        {
            var holder = await actors.Read(db => db.BillingAccounts.Where(a => a.Id == debtor.Id).Join(db.Customers, a => a.CustomerId, c => c.Id, (a, c) => c.Name).SingleAsync(ct), ct);
            await actors.As(BillingOffice, (SignDebit sign) => sign.Handle(
                new(Guid.CreateVersion7(), debtor.Number, n % 3 == 0 ? "jcyh" : "hbyh", FormattableString.Invariant($"62170000{debtor.Id:D10}"), holder, n % 4 == 0 ? 500_00 : null, FormattableString.Invariant($"DK-{n + 1:D4}"), today), ct));
        }
    }

    private async Task Agreements(IReadOnlyList<Debtor> debtors, DateOnly today, CancellationToken ct)
    {
        foreach (var debtor in debtors.Where(d => d.Bills.Sum(b => b.Owing.Fen) is >= FromFen and <= UpToFen).Take(6))
        {
            var draft = await actors.As(BillingOffice, (AgreementList list) => list.Draft(debtor.Number, ct));
            if (draft.Total.Fen > UpToFen) continue;
            await actors.As(BillingOffice, (AgreeInstalments agree) => agree.Handle(
                new(Guid.CreateVersion7(), debtor.Number, [.. draft.Overdue.Select(b => b.Bill.Number)], draft.Total.Fen, 3, Money.OfYuan(draft.Total.Yuan * 0.4m).Fen, today.AddDays(14)), ct));
        }
    }
}
