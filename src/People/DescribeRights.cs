using System.Text.Json;
using OpenHall.App;

namespace OpenHall.People;

/// <summary>A grant of rights in a sentence, for the approver.</summary>
sealed class DescribeRights(string operation, Packs packs, Texts texts) : IDescribeApproval
{
    public string Operation => operation;

    public Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var posts = string.Join('、', content.GetProperty("Posts").EnumerateArray().Select(p => packs.Posts.GetValueOrDefault(p.GetString()!)?.Name.ToString() ?? p.GetString()));
        var who = content.GetProperty("StaffNumber").GetString() + (content.TryGetProperty("DisplayName", out var name) ? " " + name.GetString() : "");
        var scope = texts["people.scope." + content.GetProperty("Scope").Deserialize<DataScope>()];
        return Task.FromResult<ApprovalContent?>(new(texts["people.rights_words", who, posts, content.GetProperty("UnitPath").GetString(), scope], Href: operation == nameof(ChangeRights) ? "/admin/staff/" + content.GetProperty("StaffNumber").GetString() : null));
    }
}
