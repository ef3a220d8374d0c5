using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.Payments;

namespace OpenHall.Demo;

/// <summary>The hall's safe through a day: floats go out in the morning, takings come in at night and go to the bank, counted by two and seen off by the guard; the slip is back next morning.</summary>
sealed class DemoSafe(Actors actors, Guid hallId, IReadOnlyList<Province.Person> people, IReadOnlyDictionary<string, string> words)
{
    private string Manager => people.First(p => p.Posts.Contains("manager")).Number;

    public async Task Begin(DateOnly date, IReadOnlyList<SimulatedClerk> clerks, CancellationToken ct)
    {
        foreach (var deposit in await actors.Read(db => db.BankDeposits.Where(d => d.HallId == hallId && d.State == DepositState.Carried).ToListAsync(ct), ct))
            await actors.As(Manager, (EnterSlip slip) => slip.Handle(new(Guid.CreateVersion7(), deposit.Id, deposit.Number.Replace("J", "HD", StringComparison.Ordinal).Replace("-", "0" + hallId.ToString("N")[^2..], StringComparison.Ordinal), deposit.BusinessDate.Day), ct));
        var balance = await actors.Read(db => db.HallSafes.Where(s => s.HallId == hallId).Select(s => s.BalanceFen).SingleOrDefaultAsync(ct), ct);
        var wanted = SimulatedClerk.FloatFen * clerks.Count;
        if (balance < wanted) await actors.As(Manager, (FetchCash fetch) => fetch.Handle(new(Guid.CreateVersion7(), wanted - balance + 2000_00, string.Create(CultureInfo.InvariantCulture, $"QX{date:yyyyMMdd}{hallId.ToString("N")[^2..]}")), ct));
        foreach (var clerk in clerks)
        {
            var transfer = await actors.As(Manager, (IssueCash issue) => issue.Handle(new(Guid.CreateVersion7(), clerk.User.Id, SimulatedClerk.FloatFen), ct));
            await actors.As(clerk.Number, (EndTransfer end) => end.Handle(new(Guid.CreateVersion7(), transfer, true), ct));
        }
    }

    public async Task End(IReadOnlyList<SimulatedClerk> clerks, CancellationToken ct)
    {
        foreach (var clerk in clerks)
        {
            var transfer = await actors.As(clerk.Number, (HandInCash handIn) => handIn.Handle(new(Guid.CreateVersion7(), null), ct));
            await actors.As(Manager, (EndTransfer end) => end.Handle(new(Guid.CreateVersion7(), transfer, true), ct));
        }

        var balance = await actors.Read(db => db.HallSafes.Where(s => s.HallId == hallId).Select(s => s.BalanceFen).SingleAsync(ct), ct);
        var amount = balance - SimulatedClerk.FloatFen * clerks.Count - 2000_00;
        if (amount <= 0) return;
        var deposit = await actors.As(Manager, (PrepareDeposit prepare) => prepare.Handle(new(Guid.CreateVersion7(), amount), ct));
        await actors.As(people.First(p => p.Posts.Contains("duty_manager")).Number, (SignDeposit sign) => sign.Handle(new(Guid.CreateVersion7(), deposit.DepositId), ct));
        await actors.As(people.First(p => p.Posts.Contains("guard")).Number, (CarryDeposit carry) => carry.Handle(new(Guid.CreateVersion7(), deposit.DepositId, words["deposit_carrier"], "FQ" + deposit.Number[1..]), ct));
    }
}
