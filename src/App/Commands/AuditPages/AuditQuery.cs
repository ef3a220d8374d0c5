using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Who did what, when, to what, in which hall; and whether the chains still hold.</summary>
public sealed class AuditQuery(HallDb db, Current current, Texts texts)
{
    public sealed record Row(DateTime AtUtc, string Who, string WhoNumber, string Operation, string? Subject, Guid? HallId, short Lane, long Number, string Hash);

    /// <summary>Lines in scope by the filters: q (subject), who, operation, hall, from, until.</summary>
    public async Task<(long Total, IReadOnlyList<Row> Rows)> Find(ListQuery query, bool all = false, CancellationToken ct = default)
    {
        var lines = db.Set<AuditLine>().AsQueryable();
        // Whoever does not see everything sees the own hall's lines.
        if (current.Scope != DataScope.All) lines = lines.Where(l => l.HallId == current.HallId);
        if (query.Search.Length > 0) lines = lines.Where(l => l.Subject == query.Search || l.Subject!.StartsWith(query.Search));
        if (query["operation"] is { } operation) lines = lines.Where(l => l.Operation == operation);
        if (Guid.TryParse(query["hall"], out var hall)) lines = lines.Where(l => l.HallId == hall);
        if (query.Day("from") is { } from) lines = lines.Where(l => l.AtUtc >= Day(from));
        if (query.Day("until") is { } until) lines = lines.Where(l => l.AtUtc < Day(until.AddDays(1)));
        if (query["who"] is { } who) lines = lines.Where(Of(await Ids(who, ct)));
        var total = await lines.LongCountAsync(ct);
        var sorted = lines.OrderByDescending(l => l.AtUtc).ThenByDescending(l => l.Lane).ThenByDescending(l => l.Number);
        var found = await (all ? sorted.Take(ListExport.MaxRows) : sorted.Skip(query.Skip).Take(query.Size)).ToListAsync(ct);
        var ids = found.Select(l => l.UserId).OfType<Guid>().Distinct().ToList();
        var people = await db.Staff.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, Name = u.DisplayName, Number = u.UserName! }).ToDictionaryAsync(u => u.Id, ct);
        var programs = await db.Set<ApiToken>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return (total, [.. found.Select(l =>
        {
            var person = l.UserId is { } id ? people.GetValueOrDefault(id) : null;
            var program = l.UserId is { } token ? programs.GetValueOrDefault(token) : null;
            return new Row(l.AtUtc, person?.Name ?? (program is null ? texts["audit.nobody"] : texts["audit.program", program]), person?.Number ?? program ?? "", l.Operation, l.Subject, l.HallId, l.Lane, l.Number, l.Hash);
        })]);
    }

    public Task<List<string>> Operations(CancellationToken ct = default) => db.Set<AuditLine>().Select(l => l.Operation).Distinct().OrderBy(o => o).ToListAsync(ct);

    /// <summary>Walks all chains.</summary>
    /// <returns>Lines seen, and the first line of each chain that does not fit, as <c>lane/number</c>.</returns>
    public async Task<(long Lines, IReadOnlyList<string> Broken)> CheckChains(CancellationToken ct = default)
    {
        var heads = await db.Set<AuditHead>().ToDictionaryAsync(h => h.Lane, ct);
        var broken = new List<string>();
        long count = 0;
        short lane = -1;
        var (previous, number) = (Audit.Beginning, 0L);
        void EndOfLane()
        {
            if (lane >= 0 && (!heads.Remove(lane, out var head) || head.Number != number || head.Hash != previous) && !broken.Any(b => b.StartsWith($"{lane}/", StringComparison.Ordinal))) broken.Add($"{lane}/{number + 1}");
        }

        await foreach (var line in db.Set<AuditLine>().OrderBy(l => l.Lane).ThenBy(l => l.Number).AsAsyncEnumerable().WithCancellation(ct))
        {
            count++;
            if (line.Lane != lane)
            {
                EndOfLane();
                (lane, previous, number) = (line.Lane, Audit.Beginning, 0);
            }

            var fits = line.Number == number + 1 && line.PreviousHash == previous && line.Hash == Audit.HashOf(line);
            if (!fits && !broken.Any(b => b.StartsWith($"{lane}/", StringComparison.Ordinal))) broken.Add($"{lane}/{line.Number}");
            (previous, number) = (line.Hash, line.Number);
        }

        EndOfLane();
        broken.AddRange(heads.Values.Where(h => h.Number > 0).Select(h => $"{h.Lane}/1"));
        return (count, broken);
    }

    private async Task<List<Guid>> Ids(string who, CancellationToken ct)
    {
        var number = StaffNumbers.Normal(who);
        var people = await db.Staff.Where(u => u.NormalizedUserName == number || u.DisplayName.Contains(who)).Select(u => u.Id).Take(ListQuery.Sizes[^1]).ToListAsync(ct);
        return [.. people, .. await db.Set<ApiToken>().Where(t => t.Name == who).Select(t => t.Id).ToListAsync(ct)];
    }

    private static System.Linq.Expressions.Expression<Func<AuditLine, bool>> Of(List<Guid> ids) => l => l.UserId != null && ids.Contains(l.UserId.Value);

    /// <summary>The hall's midnight, in UTC.</summary>
    private static DateTime Day(DateOnly day) => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc) - (Shown.Local(DateTime.UnixEpoch) - DateTime.UnixEpoch);
}
