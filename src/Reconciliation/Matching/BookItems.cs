using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Reconciliation;

/// <summary>What the books say went to or came from a money account.</summary>
/// <param name="Key">Names it: <c>order:…</c>, <c>card:…</c>, <c>deposit:…</c>.</param>
/// <param name="Day">Day it is looked for at the bank.</param>
/// <param name="Number">The receipt or slip people know it by.</param>
public sealed record BookItem(string Key, Guid HallId, DateOnly Day, long AmountFen, string Reference, string OrderReference, string Number, Guid OwnerId, string OwnerName);

/// <summary>Gathers the items of an account that no line was found for yet: what channels were asked for and gave back, and card slips.</summary>
static class BookItems
{
    public const int MaxKey = 60;

    public static async Task<IReadOnlyList<BookItem>> Open(HallDb db, MoneyAccount account, DateOnly from, DateOnly to, CancellationToken ct)
    {
        // A hall with an account of its own does not pay into the company's.
        var others = account.HallId is null ? await db.MoneyAccounts.Where(a => a.Kind == account.Kind && a.HallId != null).Select(a => a.HallId!.Value).ToListAsync(ct) : [];
        var items = account.Kind == MoneyAccountKind.Bank ? [.. await Cards(db, from, to, ct), .. await Deposits(db, from, to, ct)] : await Orders(db, account.Kind == MoneyAccountKind.WeChat ? TenderKind.WeChat : TenderKind.Alipay, from, to, ct);
        var matched = (await db.StatementMatches.Where(m => m.MoneyAccountId == account.Id && m.ItemKey != null && m.Day >= from && m.Day <= to.AddDays(1)).Select(m => m.ItemKey!).ToListAsync(ct)).ToHashSet();
        return [.. items.Where(i => !matched.Contains(i.Key) && (account.HallId is { } hall ? i.HallId == hall : !others.Contains(i.HallId)))];
    }

    private static async Task<List<BookItem>> Orders(HallDb db, TenderKind channel, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (fromUtc, toUtc) = (Utc(from), Utc(to.AddDays(1)));
        var orders = await (from o in db.ChannelOrders
                            where o.Channel == channel && o.State == ChannelOrderState.Ok && o.AskedAtUtc >= fromUtc && o.AskedAtUtc < toUtc
                            join t in db.TillSessions on o.TillSessionId equals t.Id
                            select new { o.Id, o.OfOrderId, o.Kind, o.HallId, o.AmountFen, o.AskedAtUtc, o.Reference, t.ClerkId, t.ClerkName }).ToListAsync(ct);
        // What is given back is told by the order it gives back, in the channel's file.
        return [.. orders.Select(o => new BookItem("order:" + o.Id.ToString("N"), o.HallId, DateOnly.FromDateTime(LocalTime.At(o.AskedAtUtc)), o.Kind == ChannelOrderKind.GiveBack ? -o.AmountFen : o.AmountFen,
            o.Reference ?? "", (o.OfOrderId ?? o.Id).ToString("N"), o.Reference ?? o.Id.ToString("N")[^12..], o.ClerkId, o.ClerkName))];
    }

    private static async Task<List<BookItem>> Cards(HallDb db, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (first, last) = (new BusinessDate(from), new BusinessDate(to));
        var cards = await (from t in db.PaymentTenders
                           join p in db.Payments on new { t.Bucket, Id = t.PaymentId } equals new { p.Bucket, p.Id }
                           where t.Kind == TenderKind.Card && p.State == PaymentState.Confirmed && p.BusinessDate >= first && p.BusinessDate <= last
                           select new { t.PaymentId, t.Line, p.HallId, p.BusinessDate, t.AmountFen, t.Reference, p.Number, p.ClerkId, p.ClerkName }).ToListAsync(ct);
        return [.. cards.Select(c => new BookItem($"card:{c.PaymentId:N}:{c.Line}", c.HallId, c.BusinessDate.Day, c.AmountFen, c.Reference ?? "", "", c.Number, c.ClerkId, c.ClerkName))];
    }

    /// <summary>Cash taken to the bank, known there by the number on its slip, and change fetched from it.</summary>
    private static async Task<List<BookItem>> Deposits(HallDb db, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (first, last) = (new BusinessDate(from), new BusinessDate(to));
        var deposits = await db.BankDeposits.Where(d => d.CarriedOn != null && d.CarriedOn >= first && d.CarriedOn <= last).ToListAsync(ct);
        var fetched = await (from m in db.SafeMovements where m.Kind == SafeMovementKind.Fetched && m.BusinessDate >= first && m.BusinessDate <= last select m).ToListAsync(ct);
        return [.. fetched.Select(m => new BookItem("fetched:" + m.Id.ToString("N"), m.HallId, m.BusinessDate.Day, -m.AmountFen, m.Reference, "", m.Reference, Guid.Empty, m.ByName)),
            .. deposits.Select(d => new BookItem("deposit:" + d.Id.ToString("N"), d.HallId, d.SlipDay ?? d.CarriedOn!.Value.Day, d.AmountFen, d.SlipNumber ?? "", d.Number, d.Number, d.PreparedBy, d.PreparedByName))];
    }

    private static DateTime Utc(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue).AddHours(-8), DateTimeKind.Utc);
}
