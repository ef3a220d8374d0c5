using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Host;
using OpenHall.Reception;

namespace OpenHall.Tests.Modules;

public class ReceptionPagesTests
{
    /// <summary>A board hears of a call by itself: it waits for the event of the call and finds it in what it then reads. The page's second is kept by
    /// nothing waiting in between, no timer and no poll; the bound here is for a machine with ten other things to do.</summary>
    [Theory, BothDatabases]
    public async Task A_call_is_on_the_board_as_soon_as_the_event_says_so(TestHall hall)
    {
        var patience = TimeSpan.FromSeconds(30);
        var at = await hall.MakeHall();
        await hall.Take(at);
        var clerk = await hall.ClerkAt(at.Counters[0]);
        var http = await hall.Http();
        await http.GetStringAsync($"/board/{at.Board}");
        await http.GetStringAsync($"/board/{at.Board}/view");
        using var stream = await http.GetStreamAsync($"/live?hall={at.Id}&topics={QueueTopics.Queue}", TestContext.Current.CancellationToken);
        using var hints = new StreamReader(stream);
        await Until("hello");
        await clerk.CallsNext();
        // Polls come every few seconds and silence is broken every fifteen: whoever waits for those takes far longer than the call's own event.
        var since = Stopwatch.StartNew();
        await Until("TicketCalled");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(10), $"{since.ElapsedMilliseconds} ms");
        var board = await http.GetStringAsync($"/board/{at.Board}/view");
        Assert.Contains("A001", board, StringComparison.Ordinal);
        Assert.Contains("请A001号到1号窗口", WebUtility.HtmlDecode(board), StringComparison.Ordinal);

        async Task Until(string word)
        {
            while (await hints.ReadLineAsync().WaitAsync(patience) is { } line)
                if (line.Contains(word, StringComparison.Ordinal)) return;
        }
    }

    [Theory, BothDatabases]
    public async Task The_board_tells_its_version_and_says_nothing_while_nothing_changes(TestHall hall)
    {
        var at = await hall.MakeHall();
        var http = await hall.Http();
        using var first = await http.GetAsync($"/board/{at.Board}/snapshot");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        async Task<HttpStatusCode> Again()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/board/{at.Board}/snapshot");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.NotModified, await Again());
        await hall.Take(at);
        Assert.Equal(HttpStatusCode.OK, await Again());
    }

    [Theory, BothDatabases]
    public async Task Pages_of_devices_open_by_their_link_alone_and_end_with_it(TestHall hall)
    {
        var at = await hall.MakeHall();
        var taken = await hall.Take(at, typed: "13800138000");
        var http = await hall.Http();
        foreach (var path in new[] { $"/kiosk/{at.Kiosk}", $"/kiosk/{at.Kiosk}/take/payment", $"/kiosk/{at.Kiosk}/ticket/{taken.Token}", $"/board/{at.Board}", $"/screen/{at.Screen}", $"/t/{taken.Token}", $"/t/{taken.Token}/slip", $"/t/{taken.Token}/view", $"/kiosk/{at.Kiosk}/view", $"/screen/{at.Screen}/view" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.DoesNotContain("13800138000", page, StringComparison.Ordinal);
            Assert.DoesNotContain("reception.", page, StringComparison.Ordinal);
        }

        var device = await hall.Read(db => db.Devices.SingleAsync(d => d.Kind == DeviceKind.Board));
        await hall.Anybody().Do((ChangeDevice change) => change.Handle(new(Guid.CreateVersion7(), device.Id, device.Name, null, false, true)));
        using var gone = await http.GetAsync($"/board/{at.Board}/view");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory, BothDatabases]
    public async Task The_expected_wait_is_people_ahead_times_their_mean_time_over_open_counters(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        Task<QueueView> Now() => hall.As().Do((HallQueue queue) => queue.Of(at.Id));
        for (var i = 0; i < 4; i++) await hall.Take(at);
        // Nobody serves yet: unknown. One counter: 4 × 3 usual minutes; two: half.
        Assert.Equal(new(4, null), (await Now()).WaitFor("payment", 0));
        var clerk = await hall.ClerkAt(at.Counters[0]);
        Assert.Equal(new(4, 12), (await Now()).WaitFor("payment", 0));
        await hall.ClerkAt(at.Counters[1]);
        Assert.Equal(new(4, 6), (await Now()).WaitFor("payment", 0));
        // Priority stands before them.
        Assert.Equal(new(0, 0), (await Now()).WaitFor("payment", 2));
        // Three services of five minutes each, and their mean is what counts.
        for (var i = 0; i < 3; i++)
        {
            await clerk.CallsNext();
            await clerk.Starts();
            hall.Clock.Advance(TimeSpan.FromMinutes(5));
            await clerk.Ends();
        }

        var view = await Now();
        Assert.Equal(new(300, 3), view.PaceOf("payment"));
        Assert.Equal(new(1, 3), view.WaitFor("payment", 0));
        hall.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(new(180, 0), (await Now()).PaceOf("payment"));
    }

    [Theory, BothDatabases]
    public async Task The_order_is_the_same_after_a_restart(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        for (var i = 0; i < 6; i++) await hall.Take(at, visitorClass: i == 4 ? "pregnant" : "usual");
        var clerk = await hall.ClerkAt(at.Counters[0]);
        Assert.Equal("A005", (await clerk.CallsNext()).Number);

        // Another process on the same database, as after a crash.
        await using var again = HallApp.Build(hall.Services.GetRequiredService<HallOptions>(), hall.Clock);
        await HallApp.Prepare(again);
        async Task<T> Do<THandler, T>(Func<THandler, Task<T>> act) where THandler : notnull
        {
            await using var scope = again.Services.CreateAsyncScope();
            var person = new StaffUser { Id = clerk.UserId, UserName = "1", DisplayName = "测试", UnitPath = "/", Posts = "", Scope = DataScope.All };
            scope.ServiceProvider.GetRequiredService<Current>().Become(person, new HashSet<string> { "queue.call" });
            return await act(scope.ServiceProvider.GetRequiredService<THandler>());
        }

        var called = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            await Do((StartServing start) => start.Handle(new(Guid.CreateVersion7())));
            called.Add((await Do((CallNext call) => call.Handle(new(Guid.CreateVersion7())))).Number);
        }

        Assert.Equal(["A001", "A002", "A003", "A004"], called);
        Assert.Equal("A007", (await hall.Take(at)).Number);
    }
}
