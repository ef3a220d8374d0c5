using Microsoft.EntityFrameworkCore;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;
using OpenHall.Vouchers;

namespace OpenHall.Tests.Pages;

/// <summary>What comes out of the printers (acceptance point 20): the 80 mm receipt and queue slip, the A5 receipt.</summary>
[Collection("browser")]
public class PaperTests(OpenBrowser browser)
{
    [Theory, InlineData(1), InlineData(12)]
    public async Task The_receipt_on_the_roll_is_one_page_as_tall_as_its_text_with_a_readable_bar_code_and_true_sums(int bills)
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, [.. Enumerable.Range(1, bills).Select(i => 1_234_56L + i * 7)]))[0];
        await using var clerk = await counter.Clerk();
        var due = await counter.Money.Owing(account.AccountId);
        var paid = await MoneyHall.Pay(clerk.Clerk, account.AccountId, (due / 100_00 + 1) * 100_00, bills: [.. Enumerable.Range(0, bills).Select(i => MoneyHall.Bill(account.AccountId, i))]);
        await clerk.Watched.Go($"/receipt/{paid.ReceiptNumber}/slip");
        var slip = await Printed.Of(clerk.Page, $"receipt-{bills}-bills");

        Assert.Equal(1, await slip.Pages());
        var (width, height) = await slip.Size();
        Assert.InRange(width, 79.5, 80.5);
        // The roll is cut below the last line: neither in it nor far after it.
        Assert.InRange(height - await slip.LowestInk(), 2, 14);
        Assert.Contains("CODE-128:" + paid.ReceiptNumber, await slip.Codes());
        var text = await slip.Text();
        var receipt = await counter.Hall.Read(db => db.Receipts.SingleAsync(r => r.Number == paid.ReceiptNumber));
        Assert.Equal(paid.AmountFen, receipt.AmountFen);
        foreach (var shown in new[] { "¥" + new Money(receipt.AmountFen), RmbCapitals.Of(receipt.Amount), new Money(paid.ChangeFen).ToString(), paid.ReceiptNumber!, account.AccountNumber, receipt.ClerkName })
            Assert.Contains(shown.Normalize(System.Text.NormalizationForm.FormKC), text);
        foreach (var bill in await counter.Hall.Read(db => db.PaymentAllocations.Where(a => a.PaymentId == paid.PaymentId).ToListAsync()))
            Assert.Contains(new Money(bill.AmountFen).ToString(), text);
        // The last line of the slip is there as a whole.
        Assert.Contains(await LastLine(clerk.Watched), text.Replace(" ", "").Replace("\n", ""));
        Assert.DoesNotContain("重打", text);
    }

    [Fact]
    public async Task The_receipt_on_A5_is_one_lying_page_and_a_reprint_says_so()
    {
        var counter = await browser.Counter;
        var account = (await counter.Accounts(1, 45_60, 120_00))[0];
        await using var clerk = await counter.Clerk();
        var paid = await MoneyHall.Pay(clerk.Clerk, account.AccountId, 200_00, amountFen: 165_60);
        await clerk.Clerk.Person.Do((ReprintReceipt again) => again.Handle(new(Guid.CreateVersion7(), paid.ReceiptNumber!)));
        await clerk.Watched.Go($"/receipt/{paid.ReceiptNumber}/a5");
        var sheet = await Printed.Of(clerk.Page, "receipt-a5");
        Assert.Equal(1, await sheet.Pages());
        var (width, height) = await sheet.Size();
        Assert.InRange(width, 209, 211);
        Assert.InRange(height, 147, 149);
        var text = await sheet.Text();
        Assert.Contains("重打", text);
        Assert.Contains("¥165.60", text);
        Assert.Contains("CODE-128:" + paid.ReceiptNumber, await sheet.Codes());
    }

    [Fact]
    public async Task The_slip_of_the_queue_leads_the_telephone_to_its_own_page()
    {
        var counter = await browser.Counter;
        var number = await counter.TakeTicket();
        var token = await counter.Hall.Read(db => db.QueueTickets.Where(t => t.Number == number).Select(t => t.Token).SingleAsync());
        await using var kiosk = await counter.Device(1080, 1920);
        await kiosk.Go($"/t/{token}/slip");
        var slip = await Printed.Of(kiosk.Page, "queue-slip");
        Assert.Equal(1, await slip.Pages());
        var (width, height) = await slip.Size();
        Assert.InRange(width, 79.5, 80.5);
        Assert.InRange(height - await slip.LowestInk(), 2, 14);
        Assert.Contains(number, await slip.Text());
        var code = Assert.Single(await slip.Codes(), c => c.StartsWith("QR-Code:", StringComparison.Ordinal))["QR-Code:".Length..];
        await using var phone = await counter.Device(390, 844);
        await phone.Go(code);
        Assert.Contains(number, await phone.Page.InnerTextAsync("main"));
    }

    private static async Task<string> LastLine(WatchedPage page) =>
        (await page.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('.paper > *')].at(-1).textContent")).Normalize(System.Text.NormalizationForm.FormKC).Replace(" ", "").Replace("\n", "");
}
