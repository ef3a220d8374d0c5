using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>The newest notice that a person has read.</summary>
public sealed class SeenNote
{
    public Guid UserId { get; init; }
    public int Number { get; set; }
}

/// <summary>知道了: the notices so far are not shown to this person again.</summary>
public sealed class MarkNotesSeen(Work work, Current current)
{
    [OpenToVisitors("changes nothing but one's own mark; needs a signed-in person")]
    public sealed record Command(Guid RequestId, int Number) : ICommand;

    /// <exception cref="Refused">signin.needed</exception>
    public Task<int> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var person = current.UserId ?? throw new Refused("signin.needed");
        var seen = await db.Set<SeenNote>().HoldOrNull(s => s.UserId == person, ct);
        if (seen is null) db.Add(new SeenNote { UserId = person, Number = c.Number });
        else seen.Number = Math.Max(seen.Number, c.Number);
        return c.Number;
    }, ct);

    public static void MapPage(IEndpointRouteBuilder pages) => pages.MapPost("/changes/seen", async ([FromForm] Command c, MarkNotesSeen mark, CancellationToken ct) =>
    {
        await mark.Handle(c, ct);
        return TypedResults.NoContent();
    }).RequireAuthorization();
}

/// <summary>Which notices somebody has not read yet.</summary>
public sealed class UnseenNotes(HallDb db, ChangeNotes notes, Current current)
{
    public async Task<IReadOnlyList<ChangeNote>> List(CancellationToken ct = default)
    {
        if (current.UserId is not { } person || notes.HasRead(person)) return [];
        var seen = await db.Set<SeenNote>().Where(s => s.UserId == person).Select(s => s.Number).FirstOrDefaultAsync(ct);
        if (seen >= notes.Newest) notes.RememberRead(person);
        return [.. notes.All.Where(n => n.Number > seen)];
    }
}

sealed class SeenNoteMap : IEntityTypeConfiguration<SeenNote>
{
    public void Configure(EntityTypeBuilder<SeenNote> seen)
    {
        seen.ToTable("seen_notes").HasKey(s => s.UserId);
        seen.Property(s => s.UserId).ValueGeneratedNever();
    }
}
