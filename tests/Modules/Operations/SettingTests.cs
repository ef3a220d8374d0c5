using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Tests.Modules;

public class SettingTests
{
    private static readonly NumberSetting Copies = new("backup.copies", 14, 1, 366);

    private static Task<ChangeSetting.Changed> Change(TestHall hall, string value, string reason = "试一试", string key = "backup.copies") =>
        hall.As("settings.change").Do((ChangeSetting change) => change.Handle(new(Guid.CreateVersion7(), key, value, reason)));

    [Theory, BothDatabases]
    public async Task A_change_counts_at_once_and_the_old_value_stays_in_the_history(TestHall hall)
    {
        Assert.Equal(14, await hall.Read(db => db.Value(Copies)));
        await Change(hall, "7");
        await Change(hall, " 9 ");
        Assert.Equal(9, await hall.Read(db => db.Value(Copies)));
        var history = await hall.Read(db => db.SettingChanges.OrderBy(c => c.Id).Select(c => c.OldValue + ">" + c.NewValue).ToListAsync());
        Assert.Equal(["14>7", "7>9"], history);
        await Assert.ThrowsAnyAsync<Exception>(() => hall.Read(db => db.Database.ExecuteSqlRawAsync("delete from setting_changes")));
    }

    [Theory]
    [InlineData("0", "x", "backup.copies", "setting.out_of_range")]
    [InlineData("9999", "x", "backup.copies", "setting.out_of_range")]
    [InlineData("many", "x", "backup.copies", "setting.not_a_number")]
    [InlineData("7", " ", "backup.copies", "setting.reason_missing")]
    [InlineData("7", "x", "no.such", "setting.not_found")]
    public async Task A_wrong_value_is_refused(string value, string reason, string key, string code)
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var refusal = await Assert.ThrowsAsync<Refused>(() => Change(hall, value, reason, key));
        Assert.Equal(code, refusal.Code);
    }

    [Theory, BothDatabases]
    public async Task Notices_are_shown_until_the_person_has_read_them(TestHall hall)
    {
        var person = hall.As(Guid.CreateVersion7(), null);
        Assert.NotEmpty(await person.Do((UnseenNotes unseen) => unseen.List()));
        await person.Do((MarkNotesSeen mark) => mark.Handle(new(Guid.CreateVersion7(), new ChangeNotes().Newest)));
        Assert.Empty(await person.Do((UnseenNotes unseen) => unseen.List()));
        Assert.NotEmpty(await hall.As(Guid.CreateVersion7(), null).Do((UnseenNotes unseen) => unseen.List()));
    }

    [Theory]
    [InlineData("https://hall.example.com/", "https://hall.example.com")]
    [InlineData(" http://192.0.2.7:8080 ", "http://192.0.2.7:8080")]
    [InlineData("", "")]
    [InlineData("hall.example.com", null)]
    [InlineData("https://hall.example.com/t", null)]
    [InlineData("ftp://hall.example.com", null)]
    [InlineData("javascript:alert(1)", null)]
    public async Task Visitors_telephones_are_led_to_the_address_that_is_set(string text, string? kept)
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        var at = await hall.MakeHall();
        var ticket = await hall.Take(at);
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Scheme = "https", Host = new("kiosk.local") } };
        if (kept is null)
        {
            Assert.Equal("setting.not_an_address", (await Assert.ThrowsAsync<Refused>(() => Change(hall, text, key: "reception.public_address"))).Code);
            kept = "";
        }
        else
        {
            await Change(hall, text, key: "reception.public_address");
        }

        var view = await hall.As().Do((Reception.TicketView tickets) => tickets.Of(ticket.Token));
        Assert.Equal($"{(kept.Length > 0 ? kept : "https://kiosk.local")}/t/{ticket.Token}", view.Link(http));
    }
}
