using System.Globalization;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Tests.Day;

/// <summary>Random days of a hall: payments of all kinds, reversals, double presses, tills at the same account at once, restarts of the program,
/// day closings. After each history <c>openhall verify</c> finds nothing. OPENHALL_RANDOM_DAYS is how many histories are tried on each database;
/// a failing one is printed with its seed (CsCheck_Seed repeats it).</summary>
public class RandomDaysTests
{
    private const int Tills = 3;
    private const int UsualHistories = 3;

    private enum Act { Cash, ToBalance, FromBalance, Mixed, Code, Reverse, PressTwice, AllAtOnce, Restart, Later }

    private sealed record Step(Act Act, int Till, int Account, int Yuan);

    private sealed record ADay(Step[] Steps, int WrongFen, bool PaysWhileClosing);

    private static readonly Gen<ADay[]> Histories =
        Gen.Select(
            (from act in Gen.Enum<Act>() from till in Gen.Int[0, Tills - 1] from account in Gen.Int[0, 2] from yuan in Gen.Int[1, 400] select new Step(act, till, account, yuan)).Array[4, 14],
            Gen.Int[-3, 3], Gen.Bool, (steps, wrong, pays) => new ADay(steps, wrong * 1_00, pays)).Array[2, 3];

    private static long HistoriesWanted =>
        long.TryParse(Environment.GetEnvironmentVariable("OPENHALL_RANDOM_DAYS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : UsualHistories;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_the_days_bring_verify_finds_nothing(bool onPostgres)
    {
        Assert.SkipWhen(onPostgres && await PostgresServer.Shared is null, "no PostgreSQL here");
        await Histories.SampleAsync(async days =>
        {
            await using var hall = onPostgres ? await BothDatabasesAttribute.OnPostgres() : await BothDatabasesAttribute.OnSqlite();
            await new History(hall, await MoneyHall.Open(hall)).Live(days);
            var findings = await Findings(hall);
            Assert.True(findings.Count == 0, string.Join(Environment.NewLine, findings));
        }, iter: HistoriesWanted, threads: 1);
    }

    /// <summary>What <c>openhall verify</c> prints, but that the tests' PostgreSQL runs without fsync.</summary>
    private static async Task<List<string>> Findings(TestHall hall)
    {
        await using var scope = hall.Services.CreateAsyncScope();
        var found = new List<string>();
        await foreach (var check in scope.ServiceProvider.GetRequiredService<Verification>().Run([]))
            found.AddRange(check.Findings.Where(f => f.Row != "fsync").Select(f => $"{check.Name}: {f.Row}: {f.Problem}"));
        return found;
    }

    private sealed class History(TestHall hall, MoneyHall money)
    {
        private readonly List<(MoneyHall.Clerk By, TakePayment.Command Command, PaymentResult Result)> _taken = [];
        private readonly Person _manager = hall.As(Guid.CreateVersion7(), money.HallId, "day.see", "day.open", "day.close", "queue.see", "queue.lead");
        private long[] _accounts = [];
        private MoneyHall.Clerk[] _clerks = [];

        public async Task Live(ADay[] days)
        {
            _accounts = [await money.Account(0, bills: [40_00, 60_55]), await money.Account(0, due: MoneyHall.Day.Day.AddDays(-30), bills: [333_33]), await money.Account(0, bills: [10_00, 20_00, 30_01, 500_00])];
            foreach (var day in days)
            {
                _taken.Clear();
                _clerks = [await money.OpenTill(), await money.OpenTill(), await money.OpenTill()];
                foreach (var step in day.Steps) await Do(step);
                await Close(day);
            }
        }

        private async Task Do(Step step)
        {
            hall.Clock.Advance(TimeSpan.FromSeconds(step.Yuan));
            var (clerk, account) = (_clerks[step.Till], _accounts[step.Account]);
            switch (step.Act)
            {
                case Act.Later: hall.Clock.Advance(TimeSpan.FromMinutes(step.Yuan)); break;
                case Act.Restart: await Restart(); break;
                case Act.Reverse when _taken.Count > 0:
                    var (by, command, result) = _taken[step.Yuan % _taken.Count];
                    await MayRefuse(() => money.Reverse(by, command.AccountId, result.PaymentId));
                    break;
                // One account, all tills, the same moment.
                case Act.AllAtOnce: await Task.WhenAll(_clerks.Select(c => Task.Run(() => Pay(c, CommandOf(step, account))))); break;
                case Act.PressTwice:
                    var twice = CommandOf(step, account);
                    await Task.WhenAll(Task.Run(() => Pay(clerk, twice)), Task.Run(() => Pay(clerk, twice)));
                    break;
                case not Act.Reverse: await Pay(clerk, CommandOf(step, account)); break;
            }
        }

        /// <summary>The program comes back, and every form that was on a screen is sent once more.</summary>
        private async Task Restart()
        {
            await hall.Restart();
            foreach (var (by, command, result) in _taken.ToList())
            {
                var again = await by.Person.Do((TakePayment take) => take.Handle(command));
                Assert.Equal((result.PaymentId, result.AmountFen, result.ChangeFen), (again.PaymentId, again.AmountFen, again.ChangeFen));
            }
        }

        private async Task Pay(MoneyHall.Clerk clerk, TakePayment.Command command)
        {
            await MayRefuse(async () =>
            {
                var result = await MoneyHall.Pay(clerk, command);
                lock (_taken) _taken.Add((clerk, command, result));
            });
        }

        private async Task Close(ADay day)
        {
            // Channels that were long silent have answered by now; no till closes before.
            hall.Clock.Advance(TimeSpan.FromMinutes(3));
            foreach (var (by, command, result) in _taken.ToList()) await by.Person.Do((CollectPayment collect) => collect.Check(command.AccountId, result.PaymentId));
            // Somebody may still press Enter while her till closes: she is refused, or it is in her count.
            var late = day.PaysWhileClosing ? Task.Run(() => Pay(_clerks[0], CommandOf(new(Act.Cash, 0, 2, 5), _accounts[2]))) : Task.CompletedTask;
            foreach (var clerk in _clerks) await money.Close(clerk, clerk == _clerks[0] ? day.WrongFen : 0);
            await late;
            var (counters, today) = await hall.Read(async db => (await db.Counters.Where(c => c.State != CounterState.Closed).Select(c => c.Id).ToListAsync(), await db.BusinessDays.SingleAsync(d => d.State != BusinessDayState.Closed)));
            foreach (var counter in counters) await _manager.Do((Reception.CloseCounter close) => close.Handle(new(Guid.CreateVersion7(), counter)));
            var closed = await _manager.Do((CloseBusinessDay close) => close.Handle(new(Guid.CreateVersion7(), today.Id, today.Date.Next.Day)));
            hall.Clock.SetTo(closed.Next.Day.ToDateTime(new TimeOnly(0, 30), DateTimeKind.Utc));
            await _manager.Do((OpenBusinessDay open) => open.Handle(new(Guid.CreateVersion7(), closed.NextDayId)));
        }

        /// <summary>A "no" is an answer too; it must leave nothing behind.</summary>
        private static async Task MayRefuse(Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (Refused)
            {
            }
        }
    }

    private static TakePayment.Command CommandOf(Step step, long account)
    {
        var fen = step.Yuan * 100L;
        var (amount, tenders) = step.Act switch
        {
            Act.ToBalance => ((long?)fen, new Tender[] { new(TenderKind.Cash, fen) }),
            Act.FromBalance => (null, [new(TenderKind.Balance, fen)]),
            Act.Mixed => (fen, [new(TenderKind.Card, fen / 2), new(TenderKind.Cash, fen - fen / 2 + (10 - (fen - fen / 2) % 10) % 10 + 50)]),
            Act.Code => (fen, [new(TenderKind.Alipay, fen, "2845678901234567" + (step.Yuan % 6).ToString("00", CultureInfo.InvariantCulture))]),
            _ => (fen, [new(TenderKind.Cash, fen + 100_00)]),
        };
        return new(Guid.CreateVersion7(), account, [], null, amount, tenders);
    }
}
