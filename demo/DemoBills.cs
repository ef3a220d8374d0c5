using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.Billing;

namespace OpenHall.Demo;

/// <summary>The months before: meters are read, files imported, bills run and released, as the billing office does it.</summary>
sealed class DemoBills(IServiceProvider services, Actors actors, Random chance, SimulatedClock clock)
{
    private const string BillingOffice = "1401";

    /// <param name="firstDay">First day of the halls' history: the last month billed ends before it.</param>
    /// <param name="months">How many months are billed.</param>
    /// <param name="say">Told what is being done.</param>
    public async Task Make(DateOnly firstDay, int months, Action<string> say, CancellationToken ct)
    {
        var first = BillingPeriod.Of(firstDay).Plus(-months);
        for (var i = 0; i < months; i++)
        {
            var period = first.Plus(i);
            say($"readings and bills of {period}");
            clock.SetTo(period.LastDay.AddDays(1), new(7, 30));
            await Read(period, ct);
            var run = await actors.As(BillingOffice, (StartBillRun start) => start.Handle(new(Guid.CreateVersion7(), period.Number, null), ct));
            await Until(run, BillRunState.Rated, ct);
            await actors.As(BillingOffice, (MoveBillRun move) => move.Handle(new MoveBillRun.Release(Guid.CreateVersion7(), run, null), ct));
            await Until(run, BillRunState.Released, ct);
        }
    }

    /// <summary>Carries the run on here: the background worker is not started while history is made.</summary>
    private async Task Until(Guid run, BillRunState state, CancellationToken ct)
    {
        var reached = await actors.As(BillingOffice, (BillRunSteps steps) => steps.Continue(run, ct));
        if (reached != state) throw new InvalidOperationException($"The bill run stands at {reached}, not at {state}.");
    }

    private Task Read(BillingPeriod period, CancellationToken ct) => Task.CompletedTask;
}
