using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Duties;

/// <summary>Sheets as the people see them who write, sign and look at them.</summary>
public sealed class HandOverView(HallDb db, Current current, HandOverThings things, Texts texts)
{
    public sealed record Sheet(HandOver HandOver, IReadOnlyList<HandOverLine> Lines);

    /// <param name="Draft">What the person, or the one chosen by whoever leads, has in hand; null: there is no open day.</param>
    /// <param name="Waiting">To be signed by the person.</param>
    /// <param name="Mine">Written by or signed by the person lately.</param>
    /// <param name="CanLead">May write one for somebody who has gone.</param>
    public sealed record Page(HandOverDraft? Draft, IReadOnlyList<Sheet> Waiting, IReadOnlyList<HandOver> Mine, IReadOnlyList<(Guid Id, string Name)> Colleagues, bool CanLead);

    private const int MostMine = 20;

    /// <param name="giverId">Whose hand-over is written; null: one's own.</param>
    /// <exception cref="Refused">permission.missing; hall.none_for_person</exception>
    public async Task<Page> Of(Guid? giverId, CancellationToken ct = default)
    {
        current.Require("duties.hand_over");
        var hallId = current.RequireHall();
        if (giverId is not null && giverId != current.UserId) current.Require("duties.lead");
        var people = await db.Staff.Where(s => s.HallId == hallId && !s.HasLeft).OrderBy(s => s.UserName).ToListAsync(ct);
        var giver = people.Find(p => p.Id == (giverId ?? current.UserId));
        var day = await db.CurrentDay(hallId, ct);
        var waiting = await db.HandOvers.Where(h => h.HallId == hallId && h.TakerId == current.UserId && h.State == HandOverState.Given).OrderBy(h => h.GivenAtUtc).ToListAsync(ct);
        var mine = await db.HandOvers.Where(h => h.HallId == hallId && (h.GiverId == current.UserId || h.TakerId == current.UserId && h.State != HandOverState.Given)).OrderByDescending(h => h.GivenAtUtc).Take(MostMine).ToListAsync(ct);
        return new(giver is null || day is not { TakesPostings: true } ? null : await db.DraftOf(hallId, day.Date, giver, things, texts, ct), await Sheets(waiting, ct), mine,
            [.. people.Select(p => (p.Id, p.DisplayName))], current.Can("duties.lead"));
    }

    /// <summary>One sheet: for the two who are on it, and for whoever looks after the hall's duties.</summary>
    /// <exception cref="Refused">handover.not_found; permission.missing; hall.out_of_reach</exception>
    public async Task<(Hall Hall, Sheet Sheet)> One(Guid id, CancellationToken ct = default)
    {
        var sheet = await db.HandOvers.SingleOrDefaultAsync(h => h.Id == id, ct) ?? throw new Refused("handover.not_found");
        if (sheet.GiverId != current.UserId && sheet.TakerId != current.UserId) current.Require("duties.see");
        return (await db.HallInReach(current, sheet.HallId, ct), (await Sheets([sheet], ct))[0]);
    }

    /// <summary>All sheets of the halls within reach; filters: hall, state, from, to, differs.</summary>
    public async Task<(long Total, IReadOnlyList<HandOverRow> Rows)> Find(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        current.Require("duties.see");
        var halls = await db.HallsInReach(current).ToDictionaryAsync(h => h.Id, h => h.Name.ToString(), ct);
        var ids = Guid.TryParse(query["hall"], out var one) && halls.ContainsKey(one) ? [one] : halls.Keys.ToList();
        var sheets = db.HandOvers.Where(h => ids.Contains(h.HallId));
        if (Enum.TryParse<HandOverState>(query["state"], out var state) && Enum.IsDefined(state)) sheets = sheets.Where(h => h.State == state);
        if (query["differs"] == "yes") sheets = sheets.Where(h => h.Differences > 0);
        if (query.Day("from") is { } from && new BusinessDate(from) is var first) sheets = sheets.Where(h => h.Date >= first);
        if (query.Day("to") is { } to && new BusinessDate(to) is var last) sheets = sheets.Where(h => h.Date <= last);
        if (query.Search.Length > 0) sheets = sheets.Where(h => h.GiverName.Contains(query.Search) || h.TakerName.Contains(query.Search));
        var total = await sheets.LongCountAsync(ct);
        var sorted = query is { Sort: "given", Descending: false } ? sheets.OrderBy(h => h.GivenAtUtc).ThenBy(h => h.Id) : sheets.OrderByDescending(h => h.GivenAtUtc).ThenBy(h => h.Id);
        var rows = await (all ? sorted.Take(ListExport.MaxRows) : sorted.PageOf(query)).ToListAsync(ct);
        return (total, [.. rows.Select(h => new HandOverRow(h.Id, h.Date, halls[h.HallId], h.CounterName, h.GiverName, h.TakerName, h.GivenAtUtc, h.State, h.EndedAtUtc, h.Differences, h.Reason ?? h.GivenForReason))]);
    }

    private async Task<IReadOnlyList<Sheet>> Sheets(List<HandOver> sheets, CancellationToken ct)
    {
        var ids = sheets.ConvertAll(s => s.Id);
        var lines = ids.Count == 0 ? [] : await db.HandOverLines.Where(l => ids.Contains(l.HandOverId)).OrderBy(l => l.Line).ToListAsync(ct);
        return [.. sheets.Select(s => new Sheet(s, lines.FindAll(l => l.HandOverId == s.Id)))];
    }
}

/// <summary>A sheet in the list.</summary>
public sealed record HandOverRow(Guid Id, BusinessDate Date, string Hall, string Counter, string Giver, string Taker, DateTime GivenAtUtc, HandOverState State, DateTime? EndedAtUtc, int Differences, string? Words);
