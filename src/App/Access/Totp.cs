using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.App;

/// <summary>Codes of a generator app (RFC 6238: SHA-1, 30 s, six digits, as all of them read it).</summary>
public sealed class Totp(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Digits = 6;
    /// <summary>Bytes of a secret (RFC 4226 asks for 20).</summary>
    private const int SecretLength = 20;
    private const int StepSeconds = 30;
    /// <summary>Steps that a telephone's clock may be off, either way.</summary>
    private const int StepsOff = 1;

    private readonly IDataProtector _seal = protection.CreateProtector("staff.totp");

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    public string Seal(byte[] secret) => Convert.ToBase64String(_seal.Protect(secret));

    public byte[] Open(string sealedSecret) => _seal.Unprotect(Convert.FromBase64String(sealedSecret));

    /// <summary>The time step whose code this is; null: of none that could be meant, or of one that was used already.</summary>
    public long? StepOf(StaffUser user, string code) => user.TotpSecret is null ? null : StepOf(Open(user.TotpSecret), code, user.TotpLastStep);

    public long? StepOf(byte[] secret, string code, long after)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = now - StepsOff; step <= now + StepsOff; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)), System.Text.Encoding.ASCII.GetBytes(code)) && step > after) found = step;
        }

        return found;
    }

    /// <summary>The code of a time step: RFC 4226, section 5.3.</summary>
    public static string CodeOf(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The address that the QR code carries.</summary>
    public static string AddressOf(byte[] secret, string staffNumber) =>
        $"otpauth://totp/OpenHall:{Uri.EscapeDataString(staffNumber)}?secret={Base32(secret)}&issuer=OpenHall&digits={Digits}&period={StepSeconds}";

    /// <summary>RFC 4648 without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new System.Text.StringBuilder();
        int bits = 0, held = 0;
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(letters[(held >> (bits - 5)) & 31]);
            held &= (1 << bits) - 1;
        }

        if (bits > 0) text.Append(letters[(held << (5 - bits)) & 31]);
        return text.ToString();
    }
}

/// <summary>A code for the day the telephone is lost: good once, kept as its hash (80 random bits, so a plain hash is enough).</summary>
public sealed class RecoveryCode
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public required string Hash { get; init; }
    public DateTime? UsedAtUtc { get; private set; }

    /// <summary>Codes made at once.</summary>
    public const int Count = 10;
    private const int RandomBytes = 10;

    public void Use(DateTime atUtc) => UsedAtUtc = atUtc;

    /// <summary>Ten new codes as people read them, <c>ABCD-EFGH-IJKL-MNOP</c>.</summary>
    public static IReadOnlyList<string> Make() =>
        [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Totp.Base32(RandomNumberGenerator.GetBytes(RandomBytes)).Chunk(4).Select(c => new string(c))))];

    public static string HashOf(string code) => Audit.Hex(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
}

sealed class RecoveryCodeMap : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> code)
    {
        code.ToTable("staff_recovery_codes");
        code.Property(r => r.Hash).HasMaxLength(64);
        code.HasOne<StaffUser>().WithMany().HasForeignKey(r => r.UserId);
        code.HasIndex(r => new { r.UserId, r.Hash }).IsUnique();
    }
}
