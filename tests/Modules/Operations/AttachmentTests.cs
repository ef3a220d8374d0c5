using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class AttachmentTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[100]];
    private static readonly string[] Rights = ["attachments.add", "settings.change"];

    private static Task<AttachFile.Attached> Attach(Person person, string name, byte[] content, string owner = "setting", Guid? requestId = null) =>
        person.Do((AttachFile attach) => attach.Handle(requestId ?? Guid.CreateVersion7(), owner, "backup.copies", name, new MemoryStream(content)));

    private static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names) zip.CreateEntry(name);
        }

        return memory.ToArray();
    }

    public static TheoryData<string, byte[], string> Bad => new()
    {
        { "a.exe", Pdf, "attachment.kind_not_taken" },
        { "a.pdf", [0x4D, 0x5A, 1, 2, 3], "attachment.wrong_content" },
        { "a.png", Pdf, "attachment.wrong_content" },
        { "a.txt", [.. "MZ"u8, 0, 1, 2], "attachment.wrong_content" },
        { "a.csv", Encoding.UTF8.GetBytes("<html><script>"), "attachment.wrong_content" },
        { "a.xlsx", Zip("word/document.xml", "[Content_Types].xml"), "attachment.wrong_content" },
        { "a.xlsx", Zip("xl/workbook.xml", "[Content_Types].xml", "xl/vbaProject.bin"), "attachment.wrong_content" },
        { "a.pdf", [], "attachment.empty" },
        { "a.pdf", [.. Pdf, .. new byte[AttachmentLimits.MaxBytes]], "attachment.too_large" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task A_file_that_is_not_what_it_says_is_refused_and_not_kept(string name, byte[] content, string code)
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var refusal = await Assert.ThrowsAsync<Refused>(() => Attach(hall.As(Rights), name, content));
        Assert.Equal((code, "File"), (refusal.Code, refusal.Field));
        Assert.False(Directory.Exists(Path.Combine(hall.Folder, "attachments")) && Directory.GetFiles(Path.Combine(hall.Folder, "attachments"), "*", SearchOption.AllDirectories).Length > 0);
    }

    [Theory, BothDatabases]
    public async Task The_same_content_is_kept_once_and_found_changed_by_verify(TestHall hall)
    {
        var person = hall.As(Rights);
        var request = Guid.CreateVersion7();
        Assert.Equal(await Attach(person, "合同.pdf", Pdf, requestId: request), await Attach(person, "合同.pdf", Pdf, requestId: request));
        await Attach(person, "../../副本.pdf", Pdf);
        Assert.Equal(["合同.pdf", "副本.pdf"], await hall.Read(db => db.Attachments.OrderBy(f => f.Id).Select(f => f.FileName).ToListAsync()));
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(hall.Folder, "attachments"), "*", SearchOption.AllDirectories));
        await hall.AssertClean();
        await File.AppendAllTextAsync(kept, "x");
        Assert.False((await hall.Verify()).Single(r => r.Name == "attachments.whole").IsClean);
    }

    [Theory, BothDatabases]
    public async Task Only_those_who_may_see_what_it_belongs_to_get_the_file(TestHall hall)
    {
        var mine = Guid.CreateVersion7();
        var file = await Attach(hall.As(Guid.CreateVersion7(), mine, Rights), "a.pdf", Pdf);
        Assert.Equal("permission.missing", (await Assert.ThrowsAsync<Refused>(() => hall.As("attachments.add").Do((FetchAttachment fetch) => fetch.Find(file.Id)))).Code);
        var elsewhere = hall.As(Guid.CreateVersion7(), Guid.CreateVersion7(), Rights).Within("/x/", DataScope.OwnUnit);
        Assert.Equal("attachment.not_found", (await Assert.ThrowsAsync<Refused>(() => elsewhere.Do((FetchAttachment fetch) => fetch.Find(file.Id)))).Code);
        var here = hall.As(Guid.CreateVersion7(), mine, Rights).Within("/x/", DataScope.OwnUnit);
        Assert.Equal(Pdf, await File.ReadAllBytesAsync((await here.Do((FetchAttachment fetch) => fetch.Find(file.Id))).Path));
    }
}
