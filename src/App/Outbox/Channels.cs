using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OpenHall.App;

/// <summary>Each message as a file in <c>outbox/</c> of the data folder, for a program that picks it up.</summary>
sealed class FileChannel(DataFolder data) : IOutboxChannel
{
    public string Name => "file";

    public async Task Deliver(OutboxMessage message, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(data.At("outbox")).FullName;
        // The id is the name, so a second delivery replaces the same file; renamed into place, so nobody reads half of it.
        var path = Path.Combine(folder, $"{message.Id:N}.json");
        using var payload = JsonDocument.Parse(message.Payload);
        var content = JsonSerializer.SerializeToUtf8Bytes(new { message.Id, message.Topic, message.Recipient, message.WrittenAtUtc, Content = payload.RootElement });
        await File.WriteAllBytesAsync(path + ".part", content, ct);
        File.Move(path + ".part", path, overwrite: true);
    }
}

/// <summary>Only says in the log that there was something to tell, without its content: for trying out.</summary>
sealed class LogChannel(ILogger<LogChannel> log) : IOutboxChannel
{
    public string Name => "log";

    public Task Deliver(OutboxMessage message, CancellationToken ct)
    {
        log.LogInformation("To be told: {Topic} {Id}", message.Topic, message.Id);
        return Task.CompletedTask;
    }
}
