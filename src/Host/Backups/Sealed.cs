using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenHall.Host.Commands;

namespace OpenHall.Host.Backups;

/// <summary>A file locked by a passphrase: AES-256-GCM in chunks, key by PBKDF2-SHA-256. Each chunk knows its place and whether it is the
/// last, so that chunks can't be swapped, left out or cut off.</summary>
/// <remarks>Layout: "OHSEAL1\n", salt (16), rounds (4), then chunks: flag (1: last), length (4), tag (16), bytes.</remarks>
static class Sealed
{
    private const int ChunkBytes = 1 << 20;
    private const int Rounds = 600_000;
    private const int SaltBytes = 16;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int HeadBytes = 1 + 4 + TagBytes;

    private static ReadOnlySpan<byte> Mark => "OHSEAL1\n"u8;

    public static bool IsSealed(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[Mark.Length];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Mark);
    }

    public static async Task Seal(Stream plain, Stream to, string passphrase, CancellationToken ct)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var rounds = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(rounds, Rounds);
        await to.WriteAsync((byte[])[.. Mark, .. salt, .. rounds], ct);
        using var aes = new AesGcm(KeyOf(passphrase, salt, Rounds), TagBytes);
        var (chunk, next, cipher) = (new byte[ChunkBytes], new byte[ChunkBytes], new byte[ChunkBytes]);
        var read = await plain.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false, ct);
        for (var number = 0L; ; number++)
        {
            var ahead = await plain.ReadAtLeastAsync(next, ChunkBytes, throwOnEndOfStream: false, ct);
            var head = new byte[HeadBytes];
            head[0] = (byte)(ahead == 0 ? 1 : 0);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), read);
            aes.Encrypt(Nonce(number), chunk.AsSpan(0, read), cipher.AsSpan(0, read), head.AsSpan(5), head.AsSpan(0, 5));
            await to.WriteAsync(head, ct);
            await to.WriteAsync(cipher.AsMemory(0, read), ct);
            if (ahead == 0) return;
            (chunk, next, read) = (next, chunk, ahead);
        }
    }

    /// <exception cref="CannotDo">Wrong passphrase, or the file was changed or cut off.</exception>
    public static async Task Open(Stream from, Stream plain, string passphrase, CancellationToken ct)
    {
        try
        {
            var start = new byte[Mark.Length + SaltBytes + 4];
            await from.ReadExactlyAsync(start, ct);
            var rounds = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(Mark.Length + SaltBytes));
            if (rounds is < 1 or > 10_000_000) throw new CryptographicException();
            using var aes = new AesGcm(KeyOf(passphrase, start.AsSpan(Mark.Length, SaltBytes), rounds), TagBytes);
            var (head, cipher, chunk) = (new byte[HeadBytes], new byte[ChunkBytes], new byte[ChunkBytes]);
            for (var number = 0L; ; number++)
            {
                await from.ReadExactlyAsync(head, ct);
                var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1));
                if (length is < 0 or > ChunkBytes) throw new CryptographicException();
                await from.ReadExactlyAsync(cipher.AsMemory(0, length), ct);
                aes.Decrypt(Nonce(number), cipher.AsSpan(0, length), head.AsSpan(5), chunk.AsSpan(0, length), head.AsSpan(0, 5));
                await plain.WriteAsync(chunk.AsMemory(0, length), ct);
                if (head[0] == 1) return;
            }
        }
        catch (Exception e) when (e is CryptographicException or EndOfStreamException)
        {
            throw new CannotDo("The passphrase is wrong, or the file was changed or cut off.");
        }
    }

    private static byte[] KeyOf(string passphrase, ReadOnlySpan<byte> salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, rounds, HashAlgorithmName.SHA256, 32);

    /// <summary>The key is new with every file's salt, so counting is enough.</summary>
    private static byte[] Nonce(long number)
    {
        var nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        return nonce;
    }
}
