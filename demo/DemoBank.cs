using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.Halls;
using OpenHall.Payments;
using OpenHall.Reconciliation;

namespace OpenHall.Demo;

/// <summary>Statements of the weeks past: the channels' files have each payment but one, the bank's the card slips of each hall's day, and a fee.</summary>
sealed class DemoBank(Actors actors, SimulatedClock clock, IReadOnlyDictionary<string, string> words)
{
    private const string Manager = "1001";
    private const string Auditor = "1301";

    /// <param name="until">The day after the last one in the files.</param>
    public async Task Make(DateOnly from, DateOnly until, CancellationToken ct)
    {
        if (until <= from) return;
        clock.SetTo(until, new(8, 5));
        var bank = await Account(words["bank_main"], MoneyAccountKind.Bank, "1202099000001234567", ct);
        foreach (var (name, kind, tender, number) in new[] { ("bank_wechat", MoneyAccountKind.WeChat, TenderKind.WeChat, "1900009876"), ("bank_alipay", MoneyAccountKind.Alipay, TenderKind.Alipay, "2088000012345678") })
            await Import(await Account(words[name], kind, number, ct), $"{kind}-{until.AddDays(-1):yyyyMMdd}.csv", await Channel(tender, from, until, ct), ct);
        await Import(bank, $"ICBC-{until.AddDays(-1):yyyyMMdd}.csv", await Cards(from, until, ct), ct);
        var fee = await actors.Read(db => db.MoneyFindings.Where(f => f.MoneyAccountId == bank && f.Kind == FindingKind.OnlyInStatement).Select(f => f.Id).FirstOrDefaultAsync(ct), ct);
        if (fee != default) await actors.As(Auditor, (SettleFinding settle) => settle.Handle(new(Guid.CreateVersion7(), fee, FindingCause.BankFee, words["bank_cleared"]), ct));
    }

    private Task<Guid> Account(string name, MoneyAccountKind kind, string number, CancellationToken ct) =>
        actors.As(Manager, (AddMoneyAccount add) => add.Handle(new(Guid.CreateVersion7(), name, kind, number, null), ct));

    private async Task Import(Guid account, string name, string file, CancellationToken ct) =>
        await actors.As(Auditor, (ImportStatement import) => import.Handle(Guid.CreateVersion7(), account, name, Encoding.UTF8.GetBytes(file), ct));

    private async Task<string> Channel(TenderKind channel, DateOnly from, DateOnly until, CancellationToken ct)
    {
        var (first, last) = (Utc(from), Utc(until));
        var orders = await actors.Read(db => db.ChannelOrders.Where(o => o.Channel == channel && o.State == ChannelOrderState.Ok && o.AskedAtUtc >= first && o.AskedAtUtc < last).OrderBy(o => o.AskedAtUtc).ToListAsync(ct), ct);
        var file = new StringBuilder("time,transactionid,orderno,amount").AppendLine();
        // One payment did not arrive.
        foreach (var (order, n) in orders.Select((o, n) => (o, n)))
        {
            if (n == orders.Count / 2) continue;
            var sign = order.Kind == ChannelOrderKind.GiveBack ? -1 : 1;
            file.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{LocalTime.At(order.AskedAtUtc):yyyy-MM-dd HH:mm:ss},{order.Reference},{order.OfOrderId ?? order.Id:N},{sign * order.AmountFen / 100m:0.00}"));
        }

        return file.ToString();
    }

    private async Task<string> Cards(DateOnly from, DateOnly until, CancellationToken ct)
    {
        var days = await actors.Read(db => (from t in db.TillMovements where t.Tender == TenderKind.Card group t by new { t.HallId, t.BusinessDate } into g select new { g.Key.BusinessDate, Fen = g.Sum(t => t.AmountFen) }).ToListAsync(ct), ct);
        var file = new StringBuilder("date,reference,amount,balance,description").AppendLine();
        var balance = 250_000_00L;
        var n = 0;
        var all = new List<(DateOnly Day, long Fen, string? Number, string Note)>();
        foreach (var day in days.Where(d => d.BusinessDate.Day >= from && d.BusinessDate.Day.AddDays(1) < until && d.Fen > 0).OrderBy(d => d.Fen)) all.Add((day.BusinessDate.Day.AddDays(1), day.Fen, null, words["bank_settled"]));
        foreach (var (day, fen, number, note) in await Cash(from, until, ct)) all.Add((day, fen, number, note));
        all.Add((until.AddDays(-1), -20_00, null, words["bank_fee"]));
        foreach (var (day, fen, number, note) in all.OrderBy(l => l.Day)) Line(day, fen, note, number);
        return file.ToString();

        void Line(DateOnly day, long fen, string note, string? number = null) =>
            file.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{number ?? $"{day:yyyyMMdd}{++n:0000}"},{fen / 100m:0.00},{(balance += fen) / 100m:0.00},{note}"));
    }

    /// <summary>Deposits whose slip is back, and change fetched.</summary>
    private async Task<IReadOnlyList<(DateOnly Day, long Fen, string Number, string Note)>> Cash(DateOnly from, DateOnly until, CancellationToken ct)
    {
        var (first, last) = (new Kernel.BusinessDate(from), new Kernel.BusinessDate(until));
        var deposits = await actors.Read(db => db.BankDeposits.Where(d => d.State == DepositState.Slipped && d.BusinessDate >= first && d.BusinessDate < last).ToListAsync(ct), ct);
        var fetched = await actors.Read(db => db.SafeMovements.Where(m => m.Kind == SafeMovementKind.Fetched && m.BusinessDate >= first && m.BusinessDate < last).ToListAsync(ct), ct);
        return [.. deposits.Select(d => (d.SlipDay!.Value, d.AmountFen, d.SlipNumber!, words["bank_deposit"])).Concat(fetched.Select(m => (m.BusinessDate.Day, -m.AmountFen, m.Reference, words["bank_fetched"]))).OrderBy(m => m.Item1).ThenBy(m => m.Item3, StringComparer.Ordinal)];
    }

    private static DateTime Utc(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue).AddHours(-8), DateTimeKind.Utc);
}
