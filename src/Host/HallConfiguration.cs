using System.Globalization;

namespace OpenHall.Host;

/// <summary>Reads the options: command line before <c>OPENHALL_*</c> before <c>openhall.json</c> before the defaults. Names are the same
/// everywhere: <c>--listen</c>, <c>OPENHALL_LISTEN</c>, <c>"listen"</c>.</summary>
static class HallConfiguration
{
    public const string FileName = "openhall.json";

    /// <param name="given">What the command line says, by name without dashes; null where it says nothing.</param>
    /// <exception cref="ConfigurationWrong">A value can't be used; the message names it and where it stands.</exception>
    public static HallOptions Read(string? file, IReadOnlyDictionary<string, string?> given)
    {
        var configuration = Files(file);
        return new HallOptions
        {
            DataFolder = Path.GetFullPath(Text("data") ?? "data"),
            PacksFolder = Path.GetFullPath(Text("packs-folder") ?? Path.Combine(AppContext.BaseDirectory, "packs")),
            Packs = (Text("packs") ?? "power").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Postgres = Text("postgres"),
            Port = Number("port", 5080, 0, 65_534),
            ListenOn = Text("listen") ?? "127.0.0.1",
            LogsAsJson = (Text("logs") ?? (Console.IsOutputRedirected ? "json" : "plain")) switch
            {
                "json" => true,
                "plain" => false,
                var other => throw new ConfigurationWrong($"logs: '{other}' is neither json nor plain"),
            },
            Otlp = Text("otlp") is { } otlp ? Uri.TryCreate(otlp, UriKind.Absolute, out var uri) ? uri : throw new ConfigurationWrong($"otlp: '{otlp}' is not an address") : null,
            ApiCallsPerMinute = Number("api-calls-per-minute", 6000, 0, 10_000_000),
        };

        string? Text(string name) => (given.GetValueOrDefault(name) ?? configuration[name] ?? configuration[name.Replace('-', '_')]) is { Length: > 0 } text ? text : null;

        int Number(string name, int orElse, int min, int max)
        {
            if (Text(name) is not { } text) return orElse;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
            throw new ConfigurationWrong(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not a whole number from {min} to {max}"));
        }
    }

    private static IConfigurationRoot Files(string? file)
    {
        if (file is not null && !File.Exists(file)) throw new ConfigurationWrong($"{file} is not there");
        try
        {
            return new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file ?? FileName), optional: true).AddEnvironmentVariables("OPENHALL_").Build();
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationWrong($"{file ?? FileName}: {e.InnerException?.Message ?? e.Message}");
        }
    }
}

/// <summary>The configuration can't be used; said to the person who started the program.</summary>
sealed class ConfigurationWrong(string message) : Exception(message);
