using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>接口令牌: one integration's way in, with permissions and scope of its own. Only its hash is kept.</summary>
public sealed class ApiToken
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>Name of the integration, shown in the audit trail.</summary>
    public required string Name { get; init; }
    /// <summary>SHA-256 of the secret, hex; the secret has 256 random bits, so a plain hash is enough.</summary>
    public required string SecretHash { get; init; }
    /// <summary>Permissions, separated by blanks.</summary>
    public required string Permissions { get; init; }
    public required string UnitPath { get; init; }
    public DataScope Scope { get; init; }
    public Guid? HallId { get; init; }
    public Guid MadeBy { get; init; }
    public DateTime MadeAtUtc { get; init; }
    public DateTime ExpiresAtUtc { get; init; }
    public DateTime? RevokedAtUtc { get; private set; }
    /// <summary>To the hour: one write an hour and integration.</summary>
    public DateTime? LastUsedUtc { get; private set; }

    /// <summary>Characters of a name.</summary>
    public const int MaxName = 60;
    /// <summary>Days a token may live.</summary>
    public const int MaxDays = 730;
    public const string Prefix = "oh_";
    private const int SecretBytes = 32;
    private static readonly TimeSpan NoteUseEvery = TimeSpan.FromHours(1);

    public bool IsGood(DateTime atUtc) => RevokedAtUtc is null && ExpiresAtUtc > atUtc;

    public void Revoke(DateTime atUtc) => RevokedAtUtc ??= atUtc;

    public bool WantsUseNoted(DateTime atUtc) => LastUsedUtc is null || LastUsedUtc < atUtc - NoteUseEvery;

    public void NoteUse(DateTime atUtc) => LastUsedUtc = atUtc;

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What the integration sends: <c>oh_{id}_{secret}</c>.</summary>
    public string WrittenWith(string secret) => $"{Prefix}{Id:N}_{secret}";

    /// <summary>Splits what was sent; null: not one of ours.</summary>
    public static (Guid Id, string SecretHash)? Read(string sent)
    {
        var parts = sent.Split('_');
        return parts is ["oh", var id, { Length: SecretBytes * 2 } secret] && Guid.TryParseExact(id, "N", out var found) ? (found, Audit.Hex(secret)) : null;
    }
}

sealed class ApiTokenMap : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> token)
    {
        token.ToTable("api_tokens");
        token.Property(t => t.Name).HasMaxLength(ApiToken.MaxName);
        token.Property(t => t.SecretHash).HasMaxLength(64);
        token.Property(t => t.Permissions).HasMaxLength(2000);
        token.Property(t => t.UnitPath).HasMaxLength(200);
        token.HasIndex(t => t.Name).IsUnique();
        token.Check("expires", "expires_at_utc > made_at_utc");
    }
}
