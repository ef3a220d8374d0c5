using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reception;

/// <summary>What a hall's TV board shows, whole, with a version: read anew on every hint and every few seconds, so a lost hint costs seconds.</summary>
public sealed class BoardSnapshot(HallDb db, HallQueue queue)
{
    private const int CallsShown = 6, NextShown = 10;

    /// <summary>A call shines and is worth a look for so long.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(12);

    /// <param name="CallRank">Order of the call in the hall's day; a call again gets a new one.</param>
    public sealed record Call(string Number, int Counter, long CallRank, DateTime AtUtc, bool IsFresh);

    /// <param name="Version">The same as long as the board would look the same.</param>
    /// <param name="Calls">The last ones, the newest first.</param>
    /// <param name="Next">Numbers that are called next, in line.</param>
    public sealed record Snapshot(string Version, LocalText Hall, Guid HallId, BusinessDate? Date, bool IsOpen, IReadOnlyList<Call> Calls, IReadOnlyList<string> Next, int Waiting, int OpenCounters, string Periods);

    /// <exception cref="Refused">device.not_found</exception>
    public async Task<Snapshot> Of(string deviceKey, CancellationToken ct = default)
    {
        var device = await db.DeviceOf(deviceKey, DeviceKind.Board, ct);
        var view = await queue.Of(device.HallId, ct);
        var calls = new List<Call>();
        if (view.Day is { } day)
        {
            var last = await db.QueueTickets.Where(t => t.HallId == day.HallId && t.Date == day.Date && t.CallRank > 0)
                .OrderByDescending(t => t.CallRank).Take(CallsShown).Select(t => new { t.Number, t.CounterNumber, t.CallRank, t.CalledAtUtc, t.State }).ToListAsync(ct);
            calls.AddRange(last.Where(t => t.CounterNumber is not null).Select(t => new Call(t.Number, t.CounterNumber!.Value, t.CallRank, t.CalledAtUtc!.Value, view.AtUtc - t.CalledAtUtc.Value < Fresh && t.State == TicketState.Called)));
        }

        var next = view.Waiting.Take(NextShown).Select(t => t.Number).ToList();
        var open = view.Counters.Count(c => c.State == CounterState.Open);
        var version = Versions.Of(string.Join('|', view.Hall.NameZh, view.Hall.NameEn, view.Hall.Periods, view.Day?.Date, view.Day?.State, open, view.Waiting.Count,
            string.Join(',', calls.Select(c => $"{c.Number}>{c.Counter}@{c.CallRank}{c.IsFresh}")), string.Join(',', next)));
        return new(version, view.Hall.Name, view.Hall.Id, view.Day?.Date, view.IsOpen || view.Day?.State == BusinessDayState.Closing, calls, next, view.Waiting.Count, open, view.Hall.Periods);
    }
}
