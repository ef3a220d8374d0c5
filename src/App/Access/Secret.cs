using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenHall.App;

/// <summary>A password, PIN or code inside a command. It is read from JSON but never written: so it is in no content hash, no kept
/// answer, no approval and no log, where it could be guessed at leisure.</summary>
[JsonConverter(typeof(SecretInJson))]
public readonly record struct Secret(string Value) : IParsable<Secret>
{
    /// <summary>The text itself; "" when nothing was given.</summary>
    public string Value { get; } = Value ?? "";

    public bool IsEmpty => string.IsNullOrEmpty(Value);

    public static implicit operator Secret(string value) => new(value);

    public override string ToString() => "•••";

    /// <summary>For forms, which bind by it.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out Secret secret)
    {
        secret = new(text ?? "");
        return true;
    }

    public static Secret Parse(string text, IFormatProvider? provider) => new(text);

    private sealed class SecretInJson : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Secret secret, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
