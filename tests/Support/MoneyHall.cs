using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.Kernel;
using OpenHall.Ledger;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Support;

/// <summary>A hall with its day open, receipt books in store, clerks, and accounts that owe.</summary>
public sealed class MoneyHall
{
    public static readonly BusinessDate Day = new(new DateOnly(2026, 3, 31));
    /// <summary>200, 50, 10, 5, 1 and 0.5 yuan in the drawer: 216.60 with a jiao.</summary>
    public static readonly Dictionary<int, int> Float = new() { [10000] = 1, [5000] = 2, [1000] = 1, [500] = 1, [100] = 1, [50] = 1, [10] = 1 };
    public static readonly string[] ClerkRights = ["tills.open", "payments.take", "payments.reverse", "vouchers.void", "receipts.reprint"];

    private long _nextAccount = 500_000_001;
    private int _clerks;

    private MoneyHall(TestHall hall) => Hall = hall;

    public TestHall Hall { get; }
    public Guid HallId { get; private set; }
    public Person Manager { get; private set; } = null!;

    /// <summary>Somebody at a counter with an open till.</summary>
    public sealed record Clerk(Person Person, Guid UserId, string Number, string Name, Guid TillId, Guid BookId);

    public static async Task<MoneyHall> Open(TestHall hall)
    {
        var money = new MoneyHall(hall);
        await hall.Read(async db =>
        {
            var province = new OrgUnit(null, OrgUnitKind.Province, "zj", new("浙江", "Zhejiang"));
            var unit = new OrgUnit(province, OrgUnitKind.Hall, "xh01", new("西湖厅", "West Lake"));
            var place = new Hall(unit, "湖滨路 1 号", "057112345678", OpeningHours.EveryDay);
            var day = new BusinessDay(place.Id, Day, hall.Clock.UtcNow);
            day.Move(BusinessDayAction.Open, "经理", hall.Clock.UtcNow);
            db.AddRange(province, unit, place, day, new Reception.QueueHead(place.Id, Day));
            money.HallId = place.Id;
            return await db.SaveChangesAsync();
        });
        money.Manager = hall.As(Guid.CreateVersion7(), money.HallId, "vouchers.manage", "vouchers.see", "tills.settlement", "tills.close_for", "day.see", "day.close");
        await money.Manager.Do((ReceiveBooks receive) => receive.Handle(new(Guid.CreateVersion7(), "SJ", 1, 2000, 100)));
        return money;
    }

    /// <summary>A clerk at a counter of her own, with a book in hand and her till open.</summary>
    public async Task<Clerk> OpenTill(string? phone = null)
    {
        var n = Interlocked.Increment(ref _clerks);
        var userId = Guid.CreateVersion7();
        await Hall.Read(async db =>
        {
            var counter = new Counter(HallId, n, $"{n} 号窗口", []);
            counter.Open(userId, $"柜员{n}", $"C{n:000}", Hall.Clock.UtcNow);
            db.AddRange(counter, new StaffUser { Id = userId, UserName = $"C{n:000}", NormalizedUserName = $"C{n:000}", DisplayName = $"柜员{n}", UnitPath = "/zj/xh01/", Posts = "clerk", HallId = HallId, PhoneNumber = phone });
            return await db.SaveChangesAsync();
        });
        var person = Hall.As(userId, HallId, ClerkRights);
        var book = await IssueBook(userId);
        var opened = await person.Do((OpenTill open) => open.Handle(new(Guid.CreateVersion7(), Float, book.Id, book.NextNumber)));
        return new(person, userId, $"C{n:000}", $"柜员{n}", opened.TillSessionId, book.Id);
    }

    public async Task<ReceiptBook> IssueBook(Guid clerkId)
    {
        var book = await Hall.Read(db => db.ReceiptBooks.Where(b => b.State == ReceiptBookState.Arrived).OrderBy(b => b.FirstNumber).FirstAsync());
        await Manager.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, HallId, null)));
        await Manager.Do((IssueBook issue) => issue.Handle(new(Guid.CreateVersion7(), book.Id, null, clerkId)));
        return book;
    }

    /// <summary>An account that owes these bills, the oldest first; due long enough that no late fee is counted, unless said otherwise.</summary>
    public async Task<long> Account(long balanceFen, DateOnly? due = null, string phone = "13800000000", params long[] bills)
    {
        var id = Interlocked.Increment(ref _nextAccount);
        await Hall.Read(async db =>
        {
            var customer = new Customer { Number = $"K{id}", Kind = CustomerKind.Person, Name = "王小明", Phone = phone };
            var balance = AccountBalance.Of(id);
            balance.Credit(new(balanceFen));
            db.AddRange(customer, BillingAccount.Open(id, AccountNumber.Of(id), customer.Id, "/zj/", Hall.Clock.UtcNow));
            db.Add(balance);
            await db.SaveChangesAsync();
            AddBills(db, id, due ?? new DateOnly(2026, 4, 20), bills);
            return await db.SaveChangesAsync();
        });
        return id;
    }

    private void AddBills(HallDb db, long id, DateOnly due, long[] bills)
    {
        for (var i = 0; i < bills.Length; i++)
        {
            var bill = new CustomerBill
            {
                AccountId = id, Bucket = Books.BucketOf(id), Period = 202601 + i, TariffCode = "power.zhejiang.resident", AmountFen = bills[i], UsageWh = bills[i] * 20,
                FromDay = new DateOnly(2026, 1 + i, 1), ToDay = new DateOnly(2026, 1 + i, 28), MadeAtUtc = Hall.Clock.UtcNow,
            };
            bill.Release(due.AddDays(i), Hall.Clock.UtcNow);
            db.Add(bill);
            var entry = new JournalEntry("bill", bill.Number, Day, Posting.ToDebit(AccountCodes.Receivable, new(bills[i])), Posting.ToCredit(AccountCodes.Revenue, new(bills[i])));
            db.AddRange(Books.LinesOf(id, entry, Hall.Clock.UtcNow));
        }
    }

    /// <summary>An account opened by the real command, so that the search finds it, which owes these bills.</summary>
    public async Task<OpenAccount.Opened> AccountWithSearch(string name, string phone, params long[] bills)
    {
        var opener = Hall.As(Guid.CreateVersion7(), HallId, "customers.open");
        var meter = $"M{Interlocked.Increment(ref _nextAccount)}";
        var opened = await opener.Do((OpenAccount open) => open.Handle(new(Guid.CreateVersion7(), null, new CustomerFields(CustomerKind.Person, name, null, phone, true),
            new SupplyPointFields(meter, 6, 1, "杭州市西湖区文三路 8 号 2 幢 301", "power.zhejiang.resident", Voltage.V220, 3, null, false, false), "/zj/xh01/", Day.Day.AddDays(-400), 0)));
        await Hall.Read(db =>
        {
            AddBills(db, opened.AccountId, new DateOnly(2026, 4, 20), bills);
            return db.SaveChangesAsync();
        });
        return opened;
    }

    public static string Bill(long account, int index, short issue = 0) => new BillKey(account, 202601 + index, issue).Number;

    /// <summary>Pays with cash.</summary>
    public static Task<PaymentResult> Pay(Clerk clerk, long account, long cashFen, long? amountFen = null, Guid? requestId = null, long? dueFen = null, params string[] bills) =>
        Pay(clerk, new(requestId ?? Guid.CreateVersion7(), account, bills, dueFen, amountFen, [new(TenderKind.Cash, cashFen)]));

    public static Task<PaymentResult> Pay(Clerk clerk, TakePayment.Command command) => clerk.Person.Do((CollectPayment collect) => collect.Handle(command));

    public Task<long> Balance(long account) => Hall.Read(db => db.AccountBalances.Where(b => b.Bucket == Books.BucketOf(account) && b.AccountId == account).Select(b => b.BalanceFen).SingleAsync());

    public Task<long> Owing(long account) => Hall.Read(async db => (await db.CustomerBills.Where(b => b.Bucket == Books.BucketOf(account) && b.AccountId == account).ToListAsync()).Sum(b => b.Owing.Fen));

    /// <summary>Approves what the clerk is about to do, as her duty manager, and does it.</summary>
    public async Task<ReversePayment.Reversed> Reverse(Clerk clerk, long account, Guid payment, string reason = "金额输错")
    {
        var command = new ReversePayment.Command(Guid.CreateVersion7(), account, payment, reason);
        await Approve(clerk.UserId, command, nameof(ReversePayment), "payments.reverse_approve");
        return await clerk.Person.Do((ReversePayment reverse) => reverse.Handle(command));
    }

    public Task<int> Approve(Guid askedBy, ICommand command, string operation, string permission) => Hall.Read(async db =>
    {
        var approval = new Approval
        {
            Operation = operation, Content = "{}", ContentHash = Approvals.HashOf(command, operation), Permission = permission, HallId = HallId, AskedBy = askedBy, AskedByName = "柜员",
            Reason = "测试", AskedAtUtc = Hall.Clock.UtcNow,
        };
        approval.Decide(true, Guid.CreateVersion7(), "值班经理", null, Hall.Clock.UtcNow);
        db.Add(approval);
        return await db.SaveChangesAsync();
    });

    /// <summary>Closes the till with exactly what should be in it, off by <paramref name="wrongFen"/>, counted in jiao.</summary>
    public async Task<CloseTill.Settled> Close(Clerk clerk, long wrongFen = 0)
    {
        var cash = await Hall.Read(db => db.TillMovements.Where(m => m.TillSessionId == clerk.TillId && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen));
        var total = Float.Sum(f => (long)f.Key * f.Value) + cash + wrongFen;
        return await clerk.Person.Do((CloseTill close) => close.Handle(new(Guid.CreateVersion7(), clerk.TillId, new Dictionary<int, int> { [10] = (int)(total / 10) })));
    }

    /// <summary>Rules 1 to 8 over everything that was written.</summary>
    public async Task AssertBooksAgree()
    {
        await Hall.Read(async db =>
        {
            Assert.Empty(await db.Gaps(HallId));
            Assert.Empty(await MoneyChecks.Findings(db, HallId, Day, default));
            foreach (var till in await db.TillSessions.Where(t => t.State == TillState.Closed).ToListAsync())
                Assert.Equal(till.FloatFen + await db.TillMovements.Where(m => m.TillSessionId == till.Id && m.Tender == TenderKind.Cash).SumAsync(m => m.AmountFen), till.ExpectedFen);
            foreach (var bill in await db.CustomerBills.ToListAsync())
            {
                var allocated = await (from a in db.PaymentAllocations
                                       where a.Bucket == bill.Bucket && a.AccountId == bill.AccountId && a.Period == bill.Period && a.Issue == bill.Issue
                                       join p in db.Payments on new { a.Bucket, Id = a.PaymentId } equals new { p.Bucket, p.Id }
                                       where p.State == PaymentState.Confirmed
                                       select a.AmountFen).SumAsync();
                var moved = await db.PaidMoves.Where(m => m.Bucket == bill.Bucket && m.AccountId == bill.AccountId && m.Period == bill.Period && m.Issue == bill.Issue).SumAsync(m => m.AmountFen);
                Assert.Equal(bill.PaidFen, allocated + moved);
                Assert.InRange(bill.PaidFen, 0, bill.AmountFen);
            }

            return 0;
        });
    }
}
