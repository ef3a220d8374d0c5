using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace OpenHall.App;

/// <summary>Every attached file's content is there and is what it was.</summary>
sealed class AttachmentsWhole(AttachmentStore store) : IVerifyCheck
{
    public string Name => "attachments.whole";

    public async IAsyncEnumerable<Finding> Look(HallDb db, [EnumeratorCancellation] CancellationToken ct)
    {
        var hashes = db.Attachments.Select(f => f.ContentHash).Distinct();
        await foreach (var hash in hashes.AsAsyncEnumerable().WithCancellation(ct))
        {
            var path = store.PathOf(hash);
            if (!File.Exists(path))
            {
                yield return new($"attachments {hash}", "the content is missing in the data folder");
                continue;
            }

            await using var content = File.OpenRead(path);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct)) != hash) yield return new($"attachments {hash}", "the content was changed");
        }
    }
}
