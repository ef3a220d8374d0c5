using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Catalog;
using OpenHall.Kernel;

namespace OpenHall.Orders;

/// <summary>What happens when an order goes on: mechanisms, fees, the next stage, a word to the customer. The order is held.</summary>
public sealed class OrderFlow(BusinessServices services, ServiceEffects effects, FeeBills fees, Current current)
{
    /// <exception cref="Refused">order.service_gone: the packs no longer have the version it was taken by.</exception>
    public (BusinessService Service, ServiceVersion Version) Of(ServiceOrder order) =>
        services.Find(order.Service) is { } service && service.Of(order.Version) is { } version ? (service, version) : throw new Refused("order.service_gone", order.Service);

    /// <summary>The order leaves acceptance (null) or a stage: its mechanism runs, its fees are asked for, the next stage begins or the order is done.</summary>
    public async Task Leave(HallDb db, ServiceOrder order, BusinessService service, ServiceVersion version, ServiceStage? stage, CancellationToken ct)
    {
        if ((stage is null ? version.Effect : stage.Effect) is { } name)
        {
            var before = await effects[name].Apply(db, order, new OrderData(order.Data), ct);
            db.Step(order, "Effect", current, before: before, effect: name);
        }

        await Charge(db, order, version, stage?.Code, ct);
        var at = stage is null ? -1 : Enumerable.Range(0, version.Stages.Count).First(i => version.Stages[i].Code == stage.Code);
        var next = at + 1 < version.Stages.Count ? version.Stages[at + 1] : null;
        if (stage is null && next is null || stage is not null)
        {
            db.Step(order, next is null ? nameof(OrderAction.FinishLast) : nameof(OrderAction.Finish), current);
            order.Move(next is null ? OrderAction.FinishLast : OrderAction.Finish, db.AtUtc);
        }

        if (next is not null)
        {
            var (warn, due) = OrderClock.Times(next, await OrderClock.CalendarOf(db, order.HallId, ct), db.AtUtc);
            order.Begin(next.Code, next.Posts, warn, due, db.AtUtc);
        }
        else if (version.ValidMonths > 0)
        {
            order.ValidUntil = DateOnly.FromDateTime(Shown.Local(db.AtUtc)).AddMonths(version.ValidMonths);
        }

        Tell(db, order, service, next is null && stage is not null ? version.Completed ?? stage.Tell : stage is null ? next is null ? version.Completed ?? version.Accepted : version.Accepted : stage.Tell);
        db.Raise(new OrderMoved(order.HallId, order.Id, order.Number, order.State));
    }

    private async Task Charge(HallDb db, ServiceOrder order, ServiceVersion version, string? stage, CancellationToken ct)
    {
        var asked = version.FeesAt(stage, order.Data).ToList();
        if (asked.Count == 0) return;
        Refused.If(order.AccountId is null, "order.fee_no_account", order.Number);
        var bill = await fees.Charge(db, order.AccountId!.Value, order.Id, [.. asked.Select(a => new Fee(a.Fee.Code, new(a.Fee.Name.Zh, a.Fee.Name.En), a.Amount))], ct);
        order.Charge(bill.Number, bill.Amount);
        db.Step(order, "Charged", current, $"{bill.Number} {bill.Amount}");
    }

    /// <summary>Puts a word to the customer into the outbox, in Chinese, and into the time line.</summary>
    public void Tell(HallDb db, ServiceOrder order, BusinessService service, LocalText? words)
    {
        if (words is null) return;
        var said = string.Format(CultureInfo.InvariantCulture, words.Zh, order.Number, service.Name.Zh);
        db.Tell("file", "order.told", new OrderTold(order.Number, service.Name.Zh, said), order.Phone);
        db.Step(order, "Told", null, said);
    }

    /// <exception cref="Refused">order.fee_unpaid</exception>
    public static async Task RequirePaid(HallDb db, ServiceOrder order, CancellationToken ct)
    {
        var owing = await Owing(db, order, ct);
        Refused.If(owing > Money.Zero, "order.fee_unpaid", order.Number, owing);
    }

    /// <summary>What is still to be paid of the order's fees.</summary>
    public static async Task<Money> Owing(HallDb db, ServiceOrder order, CancellationToken ct)
    {
        if (order.AccountId is not { } account || order.FeeBillNumbers.Count == 0) return Money.Zero;
        var bucket = Books.BucketOf(account);
        var periods = order.FeeBillNumbers.Select(n => BillKey.TryParse(n, out var key) ? key.Period : 0).ToList();
        var bills = await db.CustomerBills.AsNoTracking().Where(b => b.Bucket == bucket && b.AccountId == account && periods.Contains(b.Period)).ToListAsync(ct);
        return new(bills.Sum(b => b.Owing.Fen));
    }

    /// <summary>The order does not come about, or is taken back: what it did is undone in reverse, its fees are withdrawn or go to the balance.</summary>
    /// <param name="everything">Mechanisms that can't be taken back are refused; false: a number that was only prepared is given up.</param>
    public async Task TakeBack(HallDb db, ServiceOrder order, bool everything, string why, CancellationToken ct)
    {
        foreach (var bill in order.FeeBillNumbers) await fees.TakeBack(db, bill, $"{order.Number} {why}", ct);
        var ran = await db.OrderSteps.Where(s => s.OrderId == order.Id && s.Effect != null).OrderByDescending(s => s.Place).ToListAsync(ct);
        foreach (var step in ran)
        {
            var effect = effects[step.Effect!];
            Refused.If(everything && step.Before is null, "order.not_reversible", order.Number);
            if (step.Before is null) throw new Refused("order.work_done", order.Number);
            await effect.Undo(db, order, step.Before, ct);
        }
    }
}
