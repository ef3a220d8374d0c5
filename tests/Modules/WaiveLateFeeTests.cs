using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class WaiveLateFeeTests
{
    [Theory, BothDatabases]
    public async Task A_waiver_needs_another_person_and_never_exceeds_what_is_due(TestHall hall)
    {
        var money = await MoneyHall.Open(hall);
        // Due 2026-01-31, so 59 days late on 2026-03-31: 100.00 × 1 ‰ × 59 = 5.90.
        var account = await money.Account(0, new DateOnly(2026, 1, 31), bills: [100_00]);
        var number = MoneyHall.Bill(account, 0);
        var asker = hall.As(Guid.CreateVersion7(), money.HallId, "latefee.waive");
        WaiveLateFee.Command Of(long fen) => new(Guid.CreateVersion7(), number, fen, "银行系统故障");
        Task<Money> Waive(WaiveLateFee.Command command) => asker.Do((WaiveLateFee waive) => waive.Handle(command));
        var first = Of(5_00);
        Assert.Equal("approval.needed", (await Assert.ThrowsAsync<Refused>(() => Waive(first))).Code);
        await money.Approve(asker.UserId, first, nameof(WaiveLateFee), "latefee.waive_approve");
        Assert.Equal(new Money(90), await Waive(first));
        Assert.Equal(new Money(90), await Waive(first));
        var second = Of(91);
        await money.Approve(asker.UserId, second, nameof(WaiveLateFee), "latefee.waive_approve");
        Assert.Equal("waiver.more_than_due", (await Assert.ThrowsAsync<Refused>(() => Waive(second))).Code);
        Assert.Equal(5_00, await hall.Read(db => db.LateFeeWaivers.SumAsync(w => w.AmountFen)));
        Assert.Equal(5_00, await hall.Read(db => db.CustomerBills.Where(b => b.Bucket == Books.BucketOf(account)).SumAsync(b => b.LateFeeWaivedFen)));
    }
}
