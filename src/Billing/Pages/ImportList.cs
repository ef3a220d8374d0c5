using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Reads imports of readings, newest first.</summary>
public sealed class ImportList(HallDb db, Current current)
{
    public async Task<(IReadOnlyList<ReadingImport> Rows, long Total)> Page(ListQuery query, CancellationToken ct = default)
    {
        current.Require("readings.import");
        return (await db.ReadingImports.OrderByDescending(i => i.Id).PageOf(query).ToListAsync(ct), await db.ReadingImports.LongCountAsync(ct));
    }

    /// <exception cref="Refused">import.not_found</exception>
    public async Task<ReadingImport> Of(Guid id, CancellationToken ct = default)
    {
        current.Require("readings.import");
        return await db.ReadingImports.SingleOrDefaultAsync(i => i.Id == id, ct) ?? throw new Refused("import.not_found");
    }

    internal static BadgeKind Kind(ReadingImportState state) => state switch
    {
        ReadingImportState.Checked => BadgeKind.Now,
        ReadingImportState.Imported => BadgeKind.Good,
        ReadingImportState.Wrong => BadgeKind.Bad,
        _ => BadgeKind.Done,
    };
}
