using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class WorkTests
{
    [Needs("test.do")]
    private sealed record Note(Guid RequestId, string Content) : ICommand;

    private sealed record Noted(string Content);

    private static Task<string> Do(Person person, Note note) => person.Do((Work work) => work.Once(note, db =>
    {
        db.Subject = "N1";
        db.Raise(new Noted(note.Content));
        return Task.FromResult(note.Content + "!");
    }));

    [Theory, BothDatabases]
    public async Task The_same_request_twice_is_done_once_and_answered_twice(TestHall hall)
    {
        var note = new Note(Guid.CreateVersion7(), "once");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Do(hall.As("test.do"), note)));
        Assert.All(answers, a => Assert.Equal("once!", a));
        Assert.Equal(1, await hall.Read(db => db.Set<HallEvent>().CountAsync()));
        Assert.Equal(1, await hall.Read(db => db.Set<AuditLine>().CountAsync()));
    }

    [Theory, BothDatabases]
    public async Task A_used_request_id_with_other_content_is_refused(TestHall hall)
    {
        var note = new Note(Guid.CreateVersion7(), "first");
        await Do(hall.As("test.do"), note);
        var refusal = await Assert.ThrowsAsync<Refused>(() => Do(hall.As("test.do"), note with { Content = "other" }));
        Assert.Equal("request.content_differs", refusal.Code);
    }

    [Theory, BothDatabases]
    public async Task Without_the_permission_nothing_is_written(TestHall hall)
    {
        var refusal = await Assert.ThrowsAsync<Refused>(() => Do(hall.As("other"), new(Guid.CreateVersion7(), "x")));
        Assert.Equal("permission.missing", refusal.Code);
        Assert.False(await hall.Read(db => db.Set<CommandRequest>().AnyAsync()));
    }

    [Theory, BothDatabases]
    public async Task Audit_lines_chain_and_the_database_refuses_to_change_them(TestHall hall)
    {
        for (var i = 0; i < 200; i++) await Do(hall.As("test.do"), new(Guid.CreateVersion7(), "n" + i));
        foreach (var lane in await hall.Read(db => db.Set<AuditLine>().OrderBy(l => l.Number).GroupBy(l => l.Lane).ToListAsync()))
        {
            var previous = Audit.Beginning;
            foreach (var line in lane.OrderBy(l => l.Number))
            {
                Assert.Equal(previous, line.PreviousHash);
                Assert.Equal(line.Hash, Audit.HashOf(line));
                previous = line.Hash;
            }
        }

        await Assert.ThrowsAnyAsync<Exception>(() => hall.Read(db => db.Database.ExecuteSqlRawAsync("update audit_lines set operation = 'x'")));
        await Assert.ThrowsAnyAsync<Exception>(() => hall.Read(db => db.Database.ExecuteSqlRawAsync("delete from audit_lines")));
    }

    [Theory, BothDatabases]
    public async Task Commands_that_share_a_commit_are_refused_and_fail_each_for_itself(TestHall hall)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            try { return (I: i, Answer: await Gather(hall.As("test.do"), new(Guid.CreateVersion7(), "n"), i % 3)); }
            catch (Exception e) { return (I: i, Answer: e is Refused refusal ? refusal.Code : e.Message); }
        }));
        Assert.All(outcomes, o => Assert.Equal((o.I % 3) switch { 0 => "done", 1 => "test.refused", _ => "a fault of ours" }, o.Answer));
        // Who is told "done" finds it there; of the others there is nothing.
        Assert.Equal(20, await hall.Read(db => db.Set<HallEvent>().CountAsync()));
        Assert.Equal(20, await hall.Read(db => db.Set<AuditLine>().CountAsync()));
        Assert.Equal(20, await hall.Read(db => db.Set<CommandRequest>().CountAsync(r => r.Answer != null)));
        Assert.Equal(20, await hall.Read(async db => (await db.Set<AuditHead>().ToListAsync()).Sum(h => h.Number)));
    }

    [Theory, BothDatabases]
    public async Task A_caller_who_goes_away_in_line_holds_nobody_up(TestHall hall)
    {
        using var gone = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var first = hall.As("test.do").Do((Work work) => work.Once(new Note(Guid.CreateVersion7(), "first"), Lane, async (db, _) =>
        {
            begun.SetResult();
            // Those in line have come, and one has gone again, before this one ends.
            while (!gone.IsCancellationRequested) await Task.Yield();
            return "done";
        }));
        await begun.Task;
        var leaving = hall.As("test.do").Do((Work work) => work.Once(new Note(Guid.CreateVersion7(), "leaving"), Lane, (db, _) => Task.FromResult("done"), gone.Token));
        await gone.CancelAsync();
        Assert.Equal("done", await first);
        try { await leaving; } catch (OperationCanceledException) { }
        Assert.Equal("done", await Gather(hall.As("test.do"), new(Guid.CreateVersion7(), "next"), 0));
    }

    private static Held<AuditHead> Lane(Gathering rows) => rows.Hold<AuditHead>($"lane = {(short)99}");

    private static Task<string> Gather(Person person, Note note, int what) => person.Do((Work work) => work.Once(note, Lane, async (db, held) =>
    {
        db.Raise(new Noted(note.Content));
        await Task.Yield();
        return what switch { 0 => "done", 1 => throw new Refused("test.refused"), _ => throw new InvalidOperationException("a fault of ours") };
    }));
}
