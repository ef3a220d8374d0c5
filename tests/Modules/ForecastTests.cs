using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Reception;
using static OpenHall.Tests.Modules.HallIntents;

namespace OpenHall.Tests.Modules;

public class ForecastTests(ITestOutputHelper output)
{
    /// <summary>Made-up truth: weekday, billing peak, first day after a holiday, a profile with two tops; what comes is Poisson around it.</summary>
    private static List<PastDay> Simulated(int seed, int days, double perDay)
    {
        var chance = new Random(seed);
        double[] ofWeekday = [0, 1.25, 1.05, 0.95, 0.9, 1.1, 0.75];
        double[] profile = [7, 9, 10, 9, 8, 6, 3, 2, 4, 7, 8, 8, 7, 5, 4, 2, 1, 1];
        var made = new List<PastDay>();
        for (var day = new DateOnly(2026, 1, 5); made.Count < days; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Sunday) continue;
            var marks = day.Day is 25 or 26 ? DayMarks.Peak : DayMarks.None;
            if (made.Count > 0 && made.Count % 30 == 0) marks |= DayMarks.AfterHoliday;
            var total = perDay * ofWeekday[(int)day.DayOfWeek] * (marks.HasFlag(DayMarks.Peak) ? 1.5 : 1) * (marks.HasFlag(DayMarks.AfterHoliday) ? 1.4 : 1);
            var halves = new int[ArrivalForecast.HalfHours];
            for (var i = 0; i < profile.Length; i++) halves[17 + i] = Poisson(chance, total * profile[i] / profile.Sum());
            made.Add(new(day, marks, halves));
        }

        return made;
    }

    private static int Poisson(Random chance, double mean)
    {
        var (limit, product, count) = (Math.Exp(-mean), chance.NextDouble(), 0);
        for (; product > limit; count++) product *= chance.NextDouble();
        return count;
    }

    /// <summary>What chance alone leaves of the error cannot be foretold: of a half hour with mean m, √(2m/π) people.</summary>
    [Theory]
    [InlineData(600)]
    [InlineData(150)]
    public void Held_out_days_are_foretold_nearly_as_well_as_chance_allows(double perDay)
    {
        var (ofDays, ofHalves, floor, came) = (0.0, 0.0, 0.0, 0.0);
        for (var seed = 1; seed <= 10; seed++)
        {
            var days = Simulated(seed, 60, perDay);
            var error = ArrivalForecast.Measure(days)!;
            Assert.Equal(14, error.Days);
            (ofDays, ofHalves) = (ofDays + error.OfDays / 10, ofHalves + error.OfHalfHours / 10);
            foreach (var half in days.TakeLast(14).SelectMany(d => d.Arrivals).Where(a => a > 0)) (floor, came) = (floor + Math.Sqrt(2 * half / Math.PI), came + half);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perDay} a day: error of days {ofDays:P1}, of half hours {ofHalves:P1}, of which chance {floor / came:P1}"));
        Assert.True(ofDays < (perDay > 300 ? 0.08 : 0.13), $"days {ofDays:P1}");
        Assert.True(ofHalves < floor / came + 0.06, $"half hours {ofHalves:P1}, chance {floor / came:P1}");
    }

    [Fact]
    public void Without_a_past_nothing_is_foretold_and_nothing_measured()
    {
        Assert.Equal(0, ArrivalForecast.Of([], new(2026, 3, 31), DayMarks.None).Sum());
        Assert.Null(ArrivalForecast.Measure(Simulated(1, 5, 100)));
    }

    [Fact]
    public void The_outlook_counts_the_line_and_wants_counters_for_it()
    {
        var norms = new QueueNorms(20, 30, 5, 20, 80);
        var expected = new double[ArrivalForecast.HalfHours];
        for (var i = 20; i < 30; i++) expected[i] = 15;
        // 30 people of 5 minutes stand there, 15 come in each half hour, 2 counters do 12: the line grows.
        var ahead = Outlook.Of(20, 1, 30 * 300, expected, 300, 2, norms, 34);
        Assert.Equal(5, ahead.Count);
        Assert.True(ahead[0].Wait >= 75 && ahead[4].Wait > ahead[0].Wait, $"{ahead[0].Wait} {ahead[4].Wait}");
        Assert.True(ahead[0].Needed >= 8);
        // Enough counters work it off, and nobody waits at the end.
        var better = Outlook.Of(20, 1, 30 * 300, expected, 300, 8, norms, 34);
        Assert.True(better[^1].Wait <= 1);
        Assert.Null(Outlook.Of(20, 1, 0, expected, 300, 0, norms, 34)[0].Wait);
    }

    [Fact]
    public void Marks_of_a_day_come_from_the_halls_weekdays_the_days_before_and_the_peak_days()
    {
        var city = new OrgUnit(new OrgUnit(null, OrgUnitKind.Province, "zj", new("省", "Province")), OrgUnitKind.City, "hz", new("市", "City"));
        var hall = new Hall(new OrgUnit(city, OrgUnitKind.Hall, "h1", new("厅", "Hall")), "路1号", "0571", new OpeningHours("08:30-17:30", "12345"));
        var peaks = PastDays.DaysOf("25 26，40 x");
        Assert.Equal(DayMarks.None, PastDays.MarksOf(hall, new(2026, 3, 30), new(2026, 3, 27), peaks));
        Assert.Equal(DayMarks.AfterHoliday, PastDays.MarksOf(hall, new(2026, 3, 31), new(2026, 3, 26), peaks));
        Assert.Equal(DayMarks.Peak, PastDays.MarksOf(hall, new(2026, 3, 25), new(2026, 3, 24), peaks));
        Assert.Equal(DayMarks.MakeUp, PastDays.MarksOf(hall, new(2026, 3, 28), new(2026, 3, 27), peaks));
    }

    [Theory, BothDatabases]
    public async Task Norms_that_are_broken_are_found_and_figures_are_the_tickets(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 2);
        for (var i = 0; i < 3; i++) await hall.Take(at);
        hall.Clock.Advance(TimeSpan.FromMinutes(10));
        var clerk = await hall.ClerkAt(at.Counters[0]);
        await clerk.CallsNext();
        await clerk.Starts();
        Task<FloorWatch.View> Floor() => clerk.Do((FloorWatch floor) => floor.Of(at.Id));
        Assert.Empty((await Floor()).Breaches);
        await hall.ClerkAt(at.Counters[1]);
        hall.Clock.Advance(TimeSpan.FromMinutes(31));
        var broken = (await Floor()).Breaches;
        Assert.Equal([(NormKind.Wait, "A002", 41), (NormKind.Wait, "A003", 41), (NormKind.Service, "A001", 31), (NormKind.Idle, "2", 31)], broken.Select(b => (b.Kind, b.About, b.Value)));
        await clerk.Ends();
        var figures = await clerk.Do((QueueFigures all) => all.Of(at.Id, 1, FiguresBy.Service));
        Assert.Equal((3, 1, 600, 600, 1000, 31 * 60), (figures.Total.Tickets, figures.Total.Served, figures.Total.WaitSeconds, figures.Total.LongestSeconds, figures.Total.Within, figures.Total.ServiceSeconds));
        Assert.Equal("payment", figures.Lines.Single().Key);
        foreach (var by in Enum.GetValues<FiguresBy>()) Assert.Equal(by == FiguresBy.Clerk ? 1 : 3, (await clerk.Do((QueueFigures all) => all.Of(null, 7, by))).Lines.Sum(l => l.Tickets));
    }

    [Theory, BothDatabases]
    public async Task The_halls_forecast_stands_on_its_own_days_and_advises(TestHall hall)
    {
        var at = await hall.MakeHall(counters: 3);
        for (var i = 0; i < 4; i++) await hall.Take(at);
        var admin = hall.Anybody();
        await admin.Do((StartClosing stop) => stop.Handle(new(Guid.CreateVersion7(), at.DayId, false)));
        await admin.Do((CancelWaiting cancel) => cancel.Handle(new(Guid.CreateVersion7(), at.Id, "closing")));
        var closed = await admin.ClosesDay(at);
        hall.Clock.Advance(TimeSpan.FromDays(1));
        await admin.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), closed.NextDayId)));
        var view = await admin.Do((HallForecast forecast) => forecast.Of(at.Id));
        Assert.Equal((1, 0), (view.PastDays, view.OpenCounters));
        Assert.True(view.Expected.Sum() > 3, $"{view.Expected.Sum()}");
        Assert.Null(view.Error);
        for (var i = 0; i < 12; i++) await hall.Take(at);
        view = await admin.Do((HallForecast forecast) => forecast.Of(at.Id));
        if (view.Ahead.Count > 0) Assert.Equal(AdviceKind.Open, view.Advice.Kind);
        var tomorrow = await admin.Do((HallForecast forecast) => forecast.Of(at.Id, FirstDay.AddDays(8)));
        Assert.Null(tomorrow.Now);
        Assert.True(tomorrow.Needed.Max() >= 1);
    }
}
