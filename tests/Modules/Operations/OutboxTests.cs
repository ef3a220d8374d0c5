using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class OutboxTests
{
    [Needs("test.tell")]
    private sealed record Say(Guid RequestId, string Channel, bool Fails) : ICommand;

    private static Task<string> Tell(TestHall hall, string channel, bool fails = false) => hall.As("test.tell").Do((Work work) => work.Once(new Say(Guid.CreateVersion7(), channel, fails), db =>
    {
        db.Tell(channel, "test.said", new { Words = "您好" }, "13800138000");
        Refused.If(fails, "test.refused");
        return Task.FromResult("ok");
    }));

    private static OutboxRunner Runner(TestHall hall) => hall.Services.GetRequiredService<OutboxRunner>();

    [Theory, BothDatabases]
    public async Task A_message_leaves_with_its_command_or_not_at_all(TestHall hall)
    {
        await Assert.ThrowsAsync<Refused>(() => Tell(hall, "file", fails: true));
        await Tell(hall, "file");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Runner(hall).DeliverDue()));
        var message = await hall.Read(db => db.OutboxMessages.SingleAsync());
        Assert.Equal((OutboxState.Sent, 1), (message.State, message.Attempts));
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(hall.Folder, "outbox", $"{message.Id:N}.json")));
        Assert.Equal("您好", file.RootElement.GetProperty("Content").GetProperty("Words").GetString());
    }

    [Theory, BothDatabases]
    public async Task What_cannot_get_out_waits_longer_each_time_then_stays_until_a_person_looks(TestHall hall)
    {
        await Tell(hall, "pigeon");
        await Tell(hall, "file");
        for (var i = 0; i < JobLimits.MaxAttempts; i++)
        {
            await Runner(hall).DeliverDue();
            hall.Clock.Advance(JobLimits.LongestRetryAfter);
        }

        var dead = await hall.Read(db => db.OutboxMessages.SingleAsync(m => m.Channel == "pigeon"));
        Assert.Equal((OutboxState.Dead, JobLimits.MaxAttempts), (dead.State, dead.Attempts));
        Assert.Equal(OutboxState.Sent, (await hall.Read(db => db.OutboxMessages.SingleAsync(m => m.Channel == "file"))).State);
        Assert.DoesNotContain(hall.Logs.All, l => l.Contains("13800138000", StringComparison.Ordinal));

        await hall.As("admin.jobs").Do((TryMessageAgain again) => again.Handle(new(Guid.CreateVersion7(), dead.Id)));
        Assert.Equal(OutboxState.Waiting, (await hall.Read(db => db.OutboxMessages.SingleAsync(m => m.Id == dead.Id))).State);
    }
}
