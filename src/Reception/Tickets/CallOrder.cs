namespace OpenHall.Reception;

/// <param name="Rank">Order of arrival.</param>
/// <param name="Priority">Higher goes first.</param>
public readonly record struct InLine(Guid Id, long Rank, int Priority);

/// <summary>公平叫号: who is called next. Priority goes first, but after so many calls in a row that went past somebody who came
/// earlier, the oldest number is called, whatever its priority. So nobody starves: whoever has k people before them at a counter is
/// called within (k + 1) × (cap + 1) of its calls.</summary>
public static class CallOrder
{
    /// <param name="waiting">Those the counter may call, in any order.</param>
    /// <param name="outOfTurnCalls">Calls out of turn that the counter has made in a row.</param>
    /// <param name="cap">0: strictly in order of arrival.</param>
    /// <returns>Null when nobody waits.</returns>
    public static (InLine Ticket, bool OutOfTurn)? Choose(IReadOnlyCollection<InLine> waiting, int outOfTurnCalls, int cap)
    {
        if (waiting.Count == 0) return null;
        var oldest = waiting.MinBy(t => t.Rank);
        if (outOfTurnCalls >= cap) return (oldest, false);
        var first = waiting.OrderByDescending(t => t.Priority).ThenBy(t => t.Rank).First();
        return (first, first.Rank != oldest.Rank);
    }

    /// <summary>The line as the visitors see it, without the cap's turns: who stands before whom.</summary>
    public static bool IsBefore(InLine one, InLine other) => one.Priority != other.Priority ? one.Priority > other.Priority : one.Rank < other.Rank;
}
