using System.Text.RegularExpressions;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using OpenHall.Billing;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Pages;

/// <summary>Money on screen, on the server, on receipts, on paper and in the file is the same to the fen (acceptance points 21, 25).</summary>
[Collection("browser")]
public partial class CartTests(OpenBrowser browser)
{
    /// <summary>Bills on the desk with the ticked ones, and the cash laid down, in whole jiao.</summary>
    private sealed record Cart(long[] Bills, bool[] Ticked, long CashFen)
    {
        public long DueFen => Bills.Where((_, i) => Ticked[i]).Sum();
    }

    private const int Carts = 1000;
    private const int Paid = 500;
    private const int BillsOfAccount = 12;

    private static readonly Gen<Cart> Some =
        from bills in Gen.Long[1, 3_000_000].Array[1, 12]
        from ticked in Gen.Bool.Array[12]
        from which in Gen.Int[0, bills.Length - 1]
        from over in Gen.OneOf(Gen.Const(0L), Gen.Long[1, 9], Gen.Long[10, 100_000])
        let chosen = bills.Select((_, i) => ticked[i] || i == which).ToArray()
        let due = bills.Where((_, i) => chosen[i]).Sum()
        select new Cart(bills, chosen, (due + over + 9) / 10 * 10);

    [Fact]
    public async Task A_thousand_random_carts_come_to_the_same_sum_and_change_in_the_browser_and_on_the_server()
    {
        var counter = await browser.Counter;
        await using var clerk = await counter.Clerk();
        var terms = counter.Hall.Services.GetRequiredService<PaymentTerms>();
        await Some.Array[Carts / 4].SampleAsync(async carts =>
        {
            var shown = await clerk.Page.EvaluateAsync<string[][]>("""
                carts => carts.map(([bills, ticked, cash]) => {
                    const till = document.querySelector("[data-till]"), desk = document.querySelector("#desk"), field = till.querySelector("#pay [name=Cash]");
                    desk.replaceChildren(...bills.map((fen, i) => Object.assign(document.createElement("input"), { type: "checkbox", checked: ticked[i] })));
                    desk.querySelectorAll("input").forEach((box, i) => { box.dataset.billFen = bills[i]; });
                    field.value = cash;
                    field.dispatchEvent(new Event("input", { bubbles: true }));
                    return ["[data-sum]", "[data-change-due]", "[data-odd-sum]"].map(place => till.querySelector(place).textContent).concat(till.querySelector("[data-needs-cover]").getAttribute("aria-disabled"));
                })
                """, carts.Select(c => new object[] { c.Bills, c.Ticked, new Money(c.CashFen).ToString() }).ToArray());
            for (var i = 0; i < carts.Length; i++)
            {
                var (cart, due) = (carts[i], new Money(carts[i].DueFen));
                var tendering = Tendering.Of([new(TenderKind.Cash, cart.CashFen)], due, terms);
                var spread = Spread.Of(cart.Bills.Where((_, n) => cart.Ticked[n]).Select(Bill), tendering.Total);
                Assert.Equal(["¥" + due, "¥" + tendering.Change, (tendering.Total - due).ToString(), "false"], shown[i]);
                Assert.Equal(new Money(cart.CashFen), tendering.Total + tendering.Change);
                Assert.Equal(tendering.Total - due, spread.Rest);
                Assert.Equal(due, spread.Bills);
            }
        }, iter: 4, threads: 1);
    }

    [Fact]
    public async Task A_tampered_sum_is_refused_by_the_server_and_books_nothing()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 500_00, 300_00))[0];
        await using var clerk = await counter.Clerk();
        var page = clerk.Page;
        foreach (var (fen, amount) in new[] { (1_00, ""), (500_01, ""), (1_00, "2.00") })
        {
            await clerk.Watched.Go("/");
            await page.Find(account.AccountNumber);
            await page.Lies(account.AccountNumber);
            await page.EvaluateAsync("fen => { for (const box of document.querySelectorAll('[data-bill-fen]')) { box.dataset.billFen = fen; box.value = box.value.split(':')[0] + ':' + fen; } }", fen);
            if (amount.Length > 0) await page.EvaluateAsync("amount => { document.querySelector('#pay [name=Amount]').value = amount; }", amount);
            await page.Keyboard.TypeAsync("1500");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForSelectorAsync("#pay [role=alert]");
            Assert.Equal(0, await counter.Hall.Read(db => db.Payments.CountAsync(p => p.AccountId == account.AccountId)));
        }

        Assert.Equal(800_00, await counter.Money.Owing(account.AccountId));
    }

    [Fact]
    public async Task Five_hundred_receipts_agree_on_screen_in_the_file_and_on_paper_with_heads_on_every_page()
    {
        var counter = await browser.Counter;
        var clerk = await counter.Money.OpenTill();
        await PayAll(counter, clerk);
        var booked = await counter.Hall.Read(db => db.Receipts.Where(r => r.ClerkId == clerk.UserId).ToListAsync());
        Assert.Equal(Paid, booked.Count);
        var sum = new Money(booked.Sum(r => r.AmountFen)).ToString();

        await counter.Hall.MaySignIn(clerk.UserId);
        await using var page = await counter.Device(1366, 768);
        await CounterHall.SignIn(page, clerk.Number);
        await page.Go($"/vouchers?clerk={clerk.UserId}");
        Assert.Contains($"共 {Paid} 条", await page.Page.InnerTextAsync("#receipts .list-foot"));
        Assert.Contains(sum, await page.Page.InnerTextAsync("#receipts .list-foot"));

        var file = await page.Page.APIRequest.GetAsync($"/vouchers/export?clerk={clerk.UserId}&format=xlsx");
        var rows = MiniExcel.Query(new MemoryStream(await file.BodyAsync()), useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(booked.ToDictionary(r => r.Number, r => r.Amount.Yuan), rows.ToDictionary(r => (string)r["收据号"]!, r => Convert.ToDecimal(r["金额"], System.Globalization.CultureInfo.InvariantCulture)));

        await page.Go($"/vouchers/export?clerk={clerk.UserId}&sort=number&format=print");
        await page.Shot("list-on-paper");
        var paper = await Printed.Of(page.Page, "five-hundred-rows");
        var pages = await paper.Pages();
        Assert.InRange(pages, 8, 20);
        var printed = new Dictionary<string, string>();
        for (var n = 1; n <= pages; n++)
        {
            var text = await paper.Text(n);
            Assert.Contains($"第 {n} 页 / 共 {pages} 页", text);
            var lines = Row().Matches(text);
            if (lines.Count > 0) Assert.Matches("收据号 .*金额 .*柜员", text);
            // A row that was split would lack its amount here and its number there.
            foreach (Match line in lines) printed.Add(line.Groups[1].Value, line.Groups[2].Value);
        }

        Assert.Equal(booked.ToDictionary(r => r.Number, r => r.Amount.ToString()), printed);
        Assert.Contains(sum, await paper.Text(pages));
        Assert.Empty(page.Complaints);
    }

    private static Due Bill(long fen, int n)
    {
        var bill = new CustomerBill { AmountFen = fen, Period = 202601 + n, TariffCode = "power.zhejiang.resident" };
        bill.Release(new DateOnly(2026, 4, 20).AddDays(n), DateTime.UnixEpoch);
        return new(bill, Money.Zero);
    }

    /// <summary>Receipts by the real command, of amounts that differ; a dozen bills an account.</summary>
    private static async Task PayAll(CounterHall counter, MoneyHall.Clerk clerk)
    {
        await counter.TakeThickBook(clerk);
        for (var done = 0; done < Paid; done += BillsOfAccount)
        {
            var bills = Enumerable.Range(done, Math.Min(BillsOfAccount, Paid - done)).Select(n => 1_000_10L + n * 7_30).ToArray();
            var account = await counter.Money.Account(0, bills: bills);
            for (var i = 0; i < bills.Length; i++)
            {
                var paid = await MoneyHall.Pay(clerk, account, 10_000_00, bills: MoneyHall.Bill(account, i));
                Assert.Equal((bills[i], 10_000_00 - bills[i]), (paid.AmountFen, paid.ChangeFen));
            }
        }
    }

    [GeneratedRegex(@"^ *(SJ\d{8}) .*? (\d[\d,]*\.\d\d) ", RegexOptions.Multiline)]
    private static partial Regex Row();
}
