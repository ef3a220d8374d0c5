using System.Text.Json;

namespace OpenHall.App;

/// <summary>A new API token as the second person reads it: what the program may do, where, how long.</summary>
sealed class DescribeToken(Texts texts) : IDescribeApproval
{
    public string Operation => nameof(CreateToken);

    public Task<ApprovalContent?> Describe(JsonElement content, CancellationToken ct)
    {
        var command = content.Deserialize<CreateToken.Command>()!;
        return Task.FromResult<ApprovalContent?>(new(texts["tokens.words", command.Name, string.Join('、', command.Permissions), command.UnitPath, command.Days]));
    }
}
