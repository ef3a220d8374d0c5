using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Stock;

namespace OpenHall.Tests.Modules.Stock;

public class NumberPoolTests
{
    private static Person Keeper(TestHall hall) => hall.As("numbers.see", "numbers.take", "numbers.manage");

    private static Task<int> Import(TestHall hall, params string[] lines) => Keeper(hall).Do((ImportNumbers import) => import.Handle(new(Guid.CreateVersion7(), lines, "/")));

    private static Task<MoveNumber.Moved> Move(Person person, string number, NumberAction action, string? @for = null) => person.Do((MoveNumber move) => move.Handle(new(Guid.CreateVersion7(), number, action, @for)));

    private static async Task<string[]> Find(TestHall hall, FindNumbers.Asked asked) => [.. (await Keeper(hall).Do((FindNumbers find) => find.Find(asked))).Select(n => n.Number)];

    [Fact]
    public void Each_action_in_each_state_is_in_the_table_once_or_refused()
    {
        foreach (var from in Enum.GetValues<NumberState>())
        {
            foreach (var action in Enum.GetValues<NumberAction>())
            {
                var moves = NumberMoves.Table.Where(m => m.From == from && m.Action == action).ToList();
                Assert.True(moves.Count <= 1, $"{from} {action}");
                if (moves is [var move]) Assert.Equal(move.To, NumberMoves.Next(from, action, "1"));
                else Assert.Throws<Refused>(() => NumberMoves.Next(from, action, "1"));
            }
        }
    }

    [Theory]
    [InlineData("19900001122", TailKind.Aabb)]
    [InlineData("19900001212", TailKind.Abab)]
    [InlineData("19900001234", TailKind.Abcd)]
    [InlineData("19900008765", TailKind.Abcd)]
    [InlineData("19900001888", TailKind.Aaa)]
    [InlineData("19900018888", TailKind.Aaaa)]
    [InlineData("19900188888", TailKind.Aaaaa)]
    [InlineData("19900001573", TailKind.None)]
    public void The_kind_of_an_end_is_the_finest_that_fits(string number, TailKind kind) => Assert.Equal(kind, NumberPattern.TailOf(number));

    [Theory, BothDatabases]
    public async Task Numbers_are_found_by_end_beginning_kind_and_without_a_four(TestHall hall)
    {
        await Import(hall, "19900001888", "19900041888", "19900001122", "19911112233", "19900001573");
        Assert.Equal(["19900001888", "19900041888"], await Find(hall, new(Tail: "888")));
        Assert.Equal(["19900001888"], await Find(hall, new(Tail: "888", WithoutFour: true)));
        Assert.Equal(["19900001122", "19911112233"], await Find(hall, new(Kind: TailKind.Aabb)));
        Assert.Equal(["19911112233"], await Find(hall, new(Head: "1991")));
        Assert.Equal("number.pattern_wrong", (await Assert.ThrowsAsync<Refused>(() => Find(hall, new(Tail: "8%")))).Code);
    }

    [Theory, BothDatabases]
    public async Task Two_counters_want_one_number_one_gets_it(TestHall hall)
    {
        await Import(hall, "19900001888");
        var counters = Enumerable.Range(0, 8).Select(_ => Keeper(hall)).ToList();
        var outcomes = await Task.WhenAll(counters.Select(c => Refusals.Catch(() => Move(c, "19900001888", NumberAction.Occupy, "W1"))));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<Refused>(), o => Assert.Equal("number.not_free", o.Code));
        Assert.Equal(1, await hall.Read(db => db.NumberSteps.CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_reservation_is_its_clerks_until_it_runs_out(TestHall hall)
    {
        await Import(hall, "19900001888");
        var (one, other) = (Keeper(hall), Keeper(hall));
        await Move(one, "19900001888", NumberAction.Reserve);
        Assert.Equal("number.held_by_other", (await Assert.ThrowsAsync<Refused>(() => Move(other, "19900001888", NumberAction.Occupy))).Code);
        Assert.Equal("number.not_free", (await Assert.ThrowsAsync<Refused>(() => Move(other, "19900001888", NumberAction.Reserve))).Code);
        hall.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(1, await Free(hall));
        await Move(other, "19900001888", NumberAction.Occupy);
        await Move(other, "19900001888", NumberAction.Use, "W1");
        await Move(other, "19900001888", NumberAction.GiveBack);
        Assert.Equal(0, await Free(hall));
        hall.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(1, await Free(hall));
        Assert.Equal(NumberState.Idle, await hall.Read(db => db.PoolNumbers.Select(n => n.State).SingleAsync()));
        // Nobody changes what happened.
        await Assert.ThrowsAnyAsync<Exception>(() => hall.Read(db => db.NumberSteps.ExecuteDeleteAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_list_with_a_wrong_line_enters_nothing_and_names_each(TestHall hall)
    {
        await Import(hall, "19900001888");
        var refused = await Assert.ThrowsAsync<Refused>(() => Import(hall, "19900001889", "1990000188", "19900001889", "", "19900001888"));
        Assert.Equal([("number.line_wrong", "2"), ("number.line_twice", "3"), ("number.line_there", "5")], refused.All.Select(r => (r.Code, Convert.ToString(r.Values[0], CultureInfo.InvariantCulture)!)));
        Assert.Equal(1, await hall.Read(db => db.PoolNumbers.CountAsync()));
    }

    [OpenToVisitors("a test")]
    private sealed record Sent(Guid RequestId) : ICommand;

    private static Task<long> Free(TestHall hall) => hall.As("x").Do((Work work) => work.Once(new Sent(Guid.CreateVersion7()), db => new FreeNumbers(hall.Clock).Run(db, hall.Clock.UtcNow, default)));
}
