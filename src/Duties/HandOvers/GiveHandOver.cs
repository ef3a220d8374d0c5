using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <param name="Key">Kind and key of the line: <c>Thing:keys</c>.</param>
/// <param name="Count">Pieces, 分, or a book's next number.</param>
/// <param name="Words">Why it is not what it should be.</param>
public sealed record HandOverCount(string Key, long? Count, string? Words);

/// <summary>交班: the giver counts each line, notes what differs, and signs. It waits for the taker from then on.</summary>
public sealed class GiveHandOver(Work work, Current current, HandOverThings things, SystemFacts facts, Texts texts)
{
    /// <param name="GiverId">Null: oneself; somebody else, who has gone, needs <c>duties.lead</c> and a reason.</param>
    /// <param name="Words">Matters to go on with.</param>
    [Needs("duties.hand_over")]
    public sealed record Command(Guid RequestId, Guid TakerId, IReadOnlyList<HandOverCount> Counts, string? Words = null, Guid? GiverId = null, string? Reason = null) : ICommand;

    /// <exception cref="Refused">day.not_open; permission.missing; handover.nobody; handover.oneself; handover.till_open; handover.waiting; handover.reason_missing; handover.words_too_long; what <see cref="HandOverCounts.Read"/> refuses</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var hallId = current.RequireHall();
        var day = await db.OpenDay(hallId, ct);
        var giverId = c.GiverId ?? current.UserId!.Value;
        var isFor = giverId != current.UserId;
        if (isFor) current.Require("duties.lead");
        Refused.IfField(isFor && string.IsNullOrWhiteSpace(c.Reason), "Reason", "handover.reason_missing");
        Refused.IfField(c.TakerId == giverId, "TakerId", "handover.oneself");
        var taker = await db.Staff.SingleOrDefaultAsync(s => s.Id == c.TakerId && s.HallId == hallId && !s.HasLeft, ct) ?? throw new Refused("handover.nobody") { Field = "TakerId" };
        var giver = await db.Staff.SingleOrDefaultAsync(s => s.Id == giverId && s.HallId == hallId, ct) ?? throw new Refused("handover.nobody") { Field = "GiverId" };
        Refused.IfField(c.Words?.Trim().Length > HandOver.MostWords || c.Reason?.Trim().Length > HandOver.MostWords, "Words", "handover.words_too_long");
        Refused.If(await db.HandOvers.AnyAsync(h => h.GiverId == giverId && h.TakerId == c.TakerId && h.State == HandOverState.Given, ct), "handover.waiting", taker.DisplayName);
        var draft = await db.DraftOf(hallId, day.Date, giver, things, texts, ct);
        Refused.If(draft.IsTillOpen, "handover.till_open");
        var counts = HandOverCounts.Read(draft.Items.Select(i => ($"{i.Kind}:{i.Key}", i.Name, i.Expected)), c.Counts);
        var sheet = new HandOver
        {
            HallId = hallId, Date = day.Date, GiverId = giver.Id, GiverName = giver.DisplayName, TakerId = taker.Id, TakerName = taker.DisplayName, CounterId = draft.CounterId, CounterName = draft.CounterName,
            GivenForByName = isFor ? current.Name : null, GivenForReason = isFor ? c.Reason!.Trim() : null, Words = string.IsNullOrWhiteSpace(c.Words) ? null : c.Words.Trim(), GivenAtUtc = db.AtUtc,
        };
        sheet.Differ(draft.Items.Zip(counts).Count(l => l.First.Expected != l.Second.Count));
        db.Add(sheet);
        db.AddRange(draft.Items.Zip(counts).Select((l, n) => new HandOverLine
        {
            HandOverId = sheet.Id, Line = (short)(n + 1), Kind = l.First.Kind, Key = l.First.Key, NameZh = l.First.Name.Zh, NameEn = l.First.Name.En, Expected = l.First.Expected, Given = l.Second.Count, GiverWords = l.Second.Words,
        }));
        await facts.Happened(db, new(DutyFact.HandOverGiven, hallId, day.Date, $"handover-{sheet.Id:N}", taker.Id, taker.DisplayName, giver.DisplayName), ct);
        (db.HallOfCommand, db.Subject) = (hallId, $"{giver.UserName} > {taker.UserName}");
        db.Raise(new HandOverMoved(hallId, sheet.Id, sheet.State));
        return sheet.Id;
    }, ct);
}

static class HandOverCounts
{
    /// <summary>Each line's count, in the order of the lines; what differs has its words.</summary>
    /// <exception cref="Refused">handover.changed; handover.count_missing; handover.words_missing; handover.words_too_long</exception>
    public static List<(long Count, string? Words)> Read(IEnumerable<(string Key, LocalText Name, long Wanted)> lines, IReadOnlyList<HandOverCount> said)
    {
        List<(long, string?)> counts = [];
        foreach (var (key, name, wanted) in lines)
        {
            var line = said.FirstOrDefault(s => s.Key == key) ?? throw new Refused("handover.changed");
            Refused.IfField(line.Count is null or < 0, "Count-" + key, "handover.count_missing", name);
            var words = string.IsNullOrWhiteSpace(line.Words) ? null : line.Words.Trim();
            Refused.IfField(line.Count != wanted && words is null, "Words-" + key, "handover.words_missing", name);
            Refused.IfField(words?.Length > HandOver.MostWords, "Words-" + key, "handover.words_too_long");
            counts.Add((line.Count!.Value, words));
        }

        return counts;
    }
}
