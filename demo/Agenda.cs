namespace OpenHall.Demo;

/// <summary>What happens when, in one simulated day: acts are done in the order of their times, each may put further acts on the agenda.</summary>
public sealed class Agenda(SimulatedClock clock, DateOnly day)
{
    private readonly PriorityQueue<Func<Task>, (TimeOnly Time, int Order)> _acts = new();
    private int _order;

    public TimeOnly Now { get; private set; }

    /// <summary>Acts at the same time keep the order in which they were planned.</summary>
    public void At(TimeOnly time, Func<Task> act) => _acts.Enqueue(act, (time < Now ? Now : time, _order++));

    public void After(int seconds, Func<Task> act) => At(Now.Add(TimeSpan.FromSeconds(seconds)), act);

    /// <summary>Does everything until <paramref name="until"/>; what is later stays undone.</summary>
    public async Task Run(TimeOnly until, CancellationToken ct)
    {
        while (_acts.TryDequeue(out var act, out var when) && when.Time <= until)
        {
            ct.ThrowIfCancellationRequested();
            Now = when.Time;
            clock.SetTo(day, Now);
            await act();
        }
    }
}
