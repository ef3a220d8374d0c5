using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;
using OpenHall.Reports;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

public class DashboardTests
{
    [Fact]
    public void What_all_halls_share_is_cut_at_whole_units()
    {
        Assert.Equal("/zj/hz/", Dashboard.Shared(["/zj/hz/h1/", "/zj/hz/h12/"]));
        Assert.Equal("/zj/", Dashboard.Shared(["/zj/hz/h1/", "/zj/hu/h1/"]));
        Assert.Equal("/zj/hz/h1/", Dashboard.Shared(["/zj/hz/h1/"]));
        Assert.Equal("/", Dashboard.Shared([]));
    }

    [Theory, BothDatabases]
    public async Task A_hall_is_seen_beside_yesterday_at_the_same_hour_and_its_city_sums_it_up(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        var admin = hall.Anybody();
        hall.Clock.SetTo(new(2026, 3, 31, 2, 0, 0, DateTimeKind.Utc));
        for (var i = 0; i < 3; i++) await hall.Take(at);
        hall.Clock.SetTo(new(2026, 3, 31, 6, 0, 0, DateTimeKind.Utc));
        await hall.Take(at, "complaint");
        await admin.Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), at.DayId, false)));
        await admin.Do((CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), at.Id, "closing")));
        var closed = await admin.ClosesDay(at);
        hall.Clock.SetTo(new(2026, 4, 1, 1, 30, 0, DateTimeKind.Utc));
        await admin.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), closed.NextDayId)));
        await hall.Take(at);
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        hall.Clock.SetTo(new(2026, 4, 1, 2, 30, 0, DateTimeKind.Utc));
        await clerk.CallsNext();
        var manager = hall.As("dashboard.see");
        var city = await manager.Do((Dashboard board) => board.Of("/zj/hz/"));
        var below = Assert.Single(city.Below);
        Assert.Equal(("/zj/hz/h1/", 2, 3, 1, 1), (below.Path, below.Today.Visitors, below.Yesterday.Visitors, below.Now.Waiting, below.Now.OpenCounters));
        // The first waited an hour: not within the norm. Yesterday's complaint came later in the day than it is now.
        Assert.Equal((60 * 60, 0, 0), (below.Today.MeanWaitSeconds!.Value, below.Today.WithinPerMille!.Value, below.Yesterday.Complaints));
        Assert.Equal(60, below.Now.LongestMinutes(city.AtUtc));
        Assert.Equal(below.Today, city.Unit.Today);
        var one = await manager.Do((Dashboard board) => board.Of("/zj/hz/h1/"));
        Assert.Equal((at.Id, 0), (one.HallId!.Value, one.Below.Count));
        Assert.Empty(one.Crumbs);
        Assert.Equal(2, one.Curve![0].Sum());
        var elsewhere = hall.As(Guid.CreateVersion7(), at.Id, "dashboard.see").Within("/gd/", DataScope.OwnUnitAndBelow);
        Assert.Equal("hall.out_of_reach", (await Refuses(() => elsewhere.Do((Dashboard board) => board.Of("/zj/hz/h1/")))).Code);
        Assert.Equal("permission.missing", (await Refuses(() => hall.As("queue.see").Do((Dashboard board) => board.Of(null)))).Code);
    }
}
