using System.Text.Json;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What an approver reads about an act beside the plain fields of its command: the module that owns it looks up names and amounts.</summary>
public interface IDescribeApproval
{
    /// <summary>Name of the handler: ReversePayment.</summary>
    string Operation { get; }

    /// <param name="content">The command as JSON.</param>
    Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct);
}

/// <param name="Words">The act in a sentence, in the reader's language.</param>
/// <param name="Amount">What it is worth, where it is about money.</param>
/// <param name="Href">Page that shows the thing it is about.</param>
public sealed record ApprovalContent(string Words, Money? Amount = null, string? Href = null);

/// <summary>The command's own fields in words, for every command.</summary>
static class ApprovalLines
{
    public static IEnumerable<(string Name, string Value)> Of(string content, Texts texts)
    {
        using var json = JsonDocument.Parse(content);
        // Secrets are written as null; ids say nothing to people.
        return [.. json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind is not JsonValueKind.Null && !IsId(p.Value) && !(p.Value.ValueKind == JsonValueKind.Number && p.Name.EndsWith("Id", StringComparison.Ordinal))).Select(p => (NameOf(p.Name, texts), ValueOf(p, texts))).Where(l => l.Item2.Length > 0)];
    }

    private static bool IsId(JsonElement value) => value.ValueKind == JsonValueKind.String && value.TryGetGuid(out _);

    private static string NameOf(string field, Texts texts) =>
        texts.Has("field." + field) ? texts["field." + field] : string.Concat(field.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    private static string ValueOf(JsonProperty p, Texts texts) => p.Value.ValueKind switch
    {
        JsonValueKind.Number when p.Name.EndsWith("Fen", StringComparison.Ordinal) => new Money(p.Value.GetInt64()).ToString(),
        JsonValueKind.Number => p.Value.GetRawText(),
        JsonValueKind.True => texts["field.yes"],
        JsonValueKind.False => texts["field.no"],
        JsonValueKind.Array => string.Join('、', p.Value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String && !IsId(e)).Select(e => e.GetString())),
        JsonValueKind.String => p.Value.GetString()!,
        _ => "",
    };
}
