using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;
using OpenHall.Reception;
using OpenHall.Tests.Modules;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Pages;

/// <summary>A small hall at work, made by the real commands: its day open, devices up, people waiting, a clerk with an open till,
/// accounts that owe.</summary>
public sealed record World(AHall Place, IReadOnlyList<string> AccountNumbers)
{
    /// <summary>Staff number of the clerk at the counter; signs in with the tests' password.</summary>
    public const string ClerkNumber = "C001";

    private static readonly string[] Manager = ["vouchers.manage", "vouchers.see", "customers.open", "customers.see"];
    private static readonly string[] AtCounter = ["queue.see", "queue.call", "tills.open", "payments.take"];
    /// <summary>200, 50, 10, 5, 1 and half a yuan in the drawer.</summary>
    private static readonly Dictionary<int, int> Float = new() { [10000] = 1, [5000] = 2, [1000] = 1, [500] = 1, [100] = 1, [50] = 1, [10] = 1 };

    public static async Task<World> Make(TestHall hall)
    {
        var place = await hall.MakeHall(counters: 3);
        var office = hall.As(Guid.CreateVersion7(), place.Id, Manager);
        await OpenTill(hall, place, office);
        var numbers = new List<string>();
        foreach (var (name, phone, address, bills) in new (string, string, string, long[])[]
        {
            ("单晓吕", "13900001111", "示范区文三路128号3幢502室", [123_45, 98_70, 110_05]), ("王小明", "13900002222", "示范区湖滨路7号", [45_60]), ("李大海", "13900003333", "示范区虚构巷1号", []),
        })
        {
            var opened = await office.Do((OpenAccount open) => open.Handle(new(
                Guid.CreateVersion7(), null, new(CustomerKind.Person, name, null, phone, true),
                new($"DB{phone[3..]}", 6, 1, address, "power.zhejiang.resident", Voltage.V220, 0, null, false, false), "/zj/", new DateOnly(2025, 12, 31), 0)));
            numbers.Add(opened.AccountNumber);
            await Owe(hall, opened.AccountId, bills);
        }

        for (var i = 0; i < 5; i++) await hall.Take(place);
        return new(place, numbers);
    }

    private static async Task OpenTill(TestHall hall, AHall place, Person office)
    {
        var clerk = await hall.HasStaff(ClerkNumber, "clerk", place.Id, "/zj/hz/h1/");
        var person = hall.As(clerk.Id, place.Id, AtCounter);
        await office.Do((ReceiveBooks receive) => receive.Handle(new(Guid.CreateVersion7(), "SJ", 1, 2000, 100)));
        var book = await hall.Read(db => db.ReceiptBooks.Where(b => b.State == ReceiptBookState.Arrived).OrderBy(b => b.FirstNumber).FirstAsync());
        await office.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, place.Id, null)));
        await office.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, null, clerk.Id)));
        await person.Do((OpenCounter open) => open.Handle(new(Guid.CreateVersion7(), place.Counters[0])));
        await person.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), Float, book.Id, book.NextNumber)));
    }

    /// <summary>Bills of the first months of the year, released and booked.</summary>
    private static Task<int> Owe(TestHall hall, long account, long[] bills) => hall.Read(async db =>
    {
        for (var i = 0; i < bills.Length; i++)
        {
            var bill = new CustomerBill
            {
                AccountId = account, Bucket = Books.BucketOf(account), Period = 202601 + i, TariffCode = "power.zhejiang.resident", AmountFen = bills[i], UsageWh = bills[i] * 18,
                FromDay = new DateOnly(2026, 1 + i, 1), ToDay = new DateOnly(2026, 1 + i, 28), MadeAtUtc = hall.Clock.UtcNow,
            };
            bill.Release(new DateOnly(2026, 4, 20).AddDays(i), hall.Clock.UtcNow);
            db.Add(bill);
            var entry = new JournalEntry("bill", bill.Number, new BusinessDate(HallIntents.FirstDay), Posting.ToDebit(AccountCodes.Receivable, new(bills[i])), Posting.ToCredit(AccountCodes.Revenue, new(bills[i])));
            db.AddRange(Books.LinesOf(account, entry, hall.Clock.UtcNow));
        }

        return await db.SaveChangesAsync();
    });
}
