using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Modules;

/// <summary>交接班: filled from the system, counted by both, signed by both; without it the second clerk's till stays shut.</summary>
public class HandOverTests
{
    private static readonly string[] Rights = [.. MoneyHall.ClerkRights, "duties.do", "duties.hand_over"];

    private static async Task<string> Refuses(Func<Task> act) => (await Assert.ThrowsAsync<Refused>(act)).Code;

    private sealed record Two(MoneyHall Money, MoneyHall.Clerk First, Person Giver, MoneyHall.Clerk Second, Person Taker)
    {
        public Task<Guid> Give(params HandOverCount[] counts) => Giver.Do((GiveHandOver give) => give.Handle(new(Guid.CreateVersion7(), Second.UserId, counts, "张先生下午来取发票")));

        public async Task<HandOverCount[]> Counted()
        {
            var book = await Money.Hall.Read(db => db.ReceiptBooks.SingleAsync(b => b.Id == First.BookId));
            var till = await Money.Hall.Read(db => db.TillSessions.SingleAsync(t => t.Id == First.TillId));
            return [new("Cash:cash", till.CountedFen, null), new($"ReceiptBook:{book.Id:N}", book.NextNumber, null), new("Visits:visits", 0, null), new("Orders:orders", 0, null), new("Thing:keys", 1, null), new("Thing:badges", 1, null), new("Thing:seals", 1, null)];
        }

        public Task<int> Sign(Guid sheet, params HandOverCount[] counts) => Taker.Do((SignHandOver sign) => sign.Handle(new(Guid.CreateVersion7(), sheet, counts)));

        public async Task OpensAgain()
        {
            var book = await Money.IssueBook(Second.UserId);
            await Taker.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), MoneyHall.Float, book.Id, book.NextNumber)));
        }

        public Task<HandOver> Stored(Guid id) => Money.Hall.Read(db => db.HandOvers.SingleAsync(h => h.Id == id));
    }

    /// <summary>The first clerk has settled; the second has settled as well and may open a till anew.</summary>
    private static async Task<Two> Settled(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (first, second) = (await money.OpenTill(), await money.OpenTill());
        await money.Close(first);
        await money.Close(second);
        return new(money, first, hall.As(first.UserId, money.HallId, Rights).Holding("clerk"), second, hall.As(second.UserId, money.HallId, Rights).Holding("clerk"));
    }

    [Theory, BothDatabases]
    public async Task Both_count_both_sign_and_only_then_the_second_till_opens(TestHall hall)
    {
        var two = await Settled(hall);
        var counts = await two.Counted();
        var sheet = await two.Give(counts);
        var duty = await hall.Read(db => db.Duties.SingleAsync(d => d.Code == "H06"));
        Assert.Equal((two.Second.UserId, DutyState.Open), (duty.PersonId!.Value, duty.State));

        Assert.Equal("handover.unsigned", await Refuses(two.OpensAgain));
        Assert.Equal("handover.not_yours", await Refuses(() => two.Giver.Do((SignHandOver sign) => sign.Handle(new(Guid.CreateVersion7(), sheet, counts)))));
        Assert.Equal("handover.count_missing", await Refuses(() => two.Sign(sheet, [counts[0] with { Count = null }, .. counts[1..]])));
        // One yuan less than the giver said: only with words.
        var less = counts[0] with { Count = counts[0].Count - 100 };
        Assert.Equal("handover.words_missing", await Refuses(() => two.Sign(sheet, [less, .. counts[1..]])));
        Assert.Equal(1, await two.Sign(sheet, [less with { Words = "少一张一元，已请值班经理看过" }, .. counts[1..]]));

        var stored = await two.Stored(sheet);
        Assert.Equal((HandOverState.Signed, 1), (stored.State, (int)stored.Differences));
        Assert.True(await hall.Read(db => db.Duties.AnyAsync(d => d.Id == duty.Id && d.State == DutyState.Done && d.IsBySystem)));
        Assert.Equal("handover.ended", await Refuses(() => two.Sign(sheet, counts)));
        await two.OpensAgain();
    }

    [Theory, BothDatabases]
    public async Task What_is_not_as_the_system_has_it_needs_words_and_an_open_till_is_settled_first(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        var (first, second) = (await money.OpenTill(), await money.OpenTill());
        var two = new Two(money, first, hall.As(first.UserId, money.HallId, Rights), second, hall.As(second.UserId, money.HallId, Rights));
        Assert.Equal("handover.till_open", await Refuses(async () => await two.Give(await two.Counted())));
        await money.Close(first);
        var counts = await two.Counted();
        Assert.Equal("handover.changed", await Refuses(() => two.Give(counts[1..])));
        Assert.Equal("handover.words_missing", await Refuses(() => two.Give([.. counts[..4], counts[4] with { Count = 0 }, .. counts[5..]])));
        Assert.Equal("handover.oneself", await Refuses(() => two.Giver.Do((GiveHandOver give) => give.Handle(new(Guid.CreateVersion7(), first.UserId, counts)))));
        var sheet = await two.Give([.. counts[..4], counts[4] with { Count = 0, Words = "钥匙在保险柜" }, .. counts[5..]]);
        Assert.Equal("handover.waiting", await Refuses(() => two.Give(counts)));
        Assert.Equal(1, (await two.Stored(sheet)).Differences);
        // Sent back: nothing stands in the way any more, and its duty is not held against the taker.
        Assert.Equal("handover.reason_missing", await Refuses(() => two.Taker.Do((DropHandOver drop) => drop.Handle(new(Guid.CreateVersion7(), sheet, " ")))));
        await two.Taker.Do((DropHandOver drop) => drop.Handle(new(Guid.CreateVersion7(), sheet, "钥匙没见到")));
        Assert.Equal(HandOverState.SentBack, (await two.Stored(sheet)).State);
        Assert.True(await hall.Read(db => db.Duties.AllAsync(d => d.Code != "H06" || d.State == DutyState.Excepted)));
        await two.Give(counts);
    }

    [Theory, BothDatabases]
    public async Task A_counter_that_another_had_today_is_handed_over_by_the_duty_manager_when_they_have_gone(TestHall hall)
    {
        var two = await Settled(hall);
        // The second clerk sits down at the first one's counter.
        await hall.Read(async db =>
        {
            var seat = await db.Counters.AsTracking().SingleAsync(c => c.ClerkId == two.First.UserId);
            (await db.Counters.AsTracking().SingleAsync(c => c.ClerkId == two.Second.UserId)).Close();
            seat.Close();
            seat.Open(two.Second.UserId, two.Second.Name, two.Second.Number, hall.Clock.UtcNow);
            return await db.SaveChangesAsync();
        });
        Assert.Equal("handover.missing", await Refuses(two.OpensAgain));
        var counts = await two.Counted();
        Task<Guid> For(Person person, string? reason) => person.Do((GiveHandOver give) => give.Handle(new(Guid.CreateVersion7(), two.Second.UserId, counts, null, two.First.UserId, reason)));
        Assert.Equal("permission.missing", await Refuses(() => For(two.Taker, "先走了")));
        var manager = hall.As(Guid.CreateVersion7(), two.Money.HallId, "duties.hand_over", "duties.lead");
        Assert.Equal("handover.reason_missing", await Refuses(() => For(manager, null)));
        await two.Sign(await For(manager, "身体不适先走"), counts);
        await two.OpensAgain();
    }

    [Theory, BothDatabases]
    public async Task Pressed_twice_or_from_two_screens_it_is_one_sheet_and_one_signature(TestHall hall)
    {
        var two = await Settled(hall);
        var counts = await two.Counted();
        var command = new GiveHandOver.Command(Guid.CreateVersion7(), two.Second.UserId, counts);
        var ids = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => two.Giver.Do((GiveHandOver give) => give.Handle(command)))));
        Assert.Single(ids.Distinct());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                await two.Sign(ids[0], counts);
                return "";
            }
            catch (Refused no)
            {
                return no.Code;
            }
        })));
        Assert.Equal(["", "handover.ended", "handover.ended", "handover.ended"], outcomes.Order(StringComparer.Ordinal));
    }
}
