using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>The payment pane's form, read as people type: amounts in yuan, empty fields left out.</summary>
static class PayForm
{
    /// <summary>A ticked bill carries what the page showed for it: <c>number:fen</c>, so that the server compares with what is true.</summary>
    public static string BillValue(Due due) => string.Create(CultureInfo.InvariantCulture, $"{due.Bill.Number}:{due.Total.Fen}");

    /// <exception cref="Refused">amount.unreadable; payment.no_account; tender.code_invalid; request.unreadable</exception>
    public static TakePayment.Command Read(IFormCollection form)
    {
        Refused.If(!long.TryParse(form["AccountId"], CultureInfo.InvariantCulture, out var account), "payment.no_account");
        if (!Guid.TryParse(form["RequestId"], out var requestId)) throw new Refused("request.unreadable");
        var bills = form["Bills"].OfType<string>().Select(b => b.Split(':')).ToList();
        if (bills.Any(b => b.Length != 2 || !long.TryParse(b[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))) throw new Refused("request.unreadable");
        long? part = long.TryParse(form["Part"], NumberStyles.None, CultureInfo.InvariantCulture, out var fen) ? fen : null;
        var shown = bills.Sum(b => long.Parse(b[1], CultureInfo.InvariantCulture)) + (part ?? 0);
        var amount = Yuan(form, "Amount");
        var tenders = new List<Tender>();
        if (Yuan(form, "Cash") is { } cash) tenders.Add(new(TenderKind.Cash, cash));
        if (Yuan(form, "Card") is { } card) tenders.Add(new(TenderKind.Card, card, Reference: Text(form, "Reference")));
        if (Yuan(form, "Balance") is { } balance) tenders.Add(new(TenderKind.Balance, balance));
        if (Text(form, "Code") is { } code)
        {
            // A code alone pays what the other tenders leave.
            var rest = Yuan(form, "CodeAmount") ?? (amount ?? shown) - tenders.Sum(t => t.GivenFen);
            tenders.Add(new(KindOf(code), rest, code));
        }

        Guid? visit = Guid.TryParse(form["VisitId"], out var id) ? id : null;
        return new(requestId, account, [.. bills.Select(b => b[0])], bills.Count == 0 && part is null ? null : shown, amount, tenders, visit, part);
    }

    private static TenderKind KindOf(string code) => code[0] switch
    {
        '1' => TenderKind.WeChat,
        '2' or '3' => TenderKind.Alipay,
        _ => throw new Refused("tender.code_invalid") { Field = "Code" },
    };

    private static long? Yuan(IFormCollection form, string field) =>
        Text(form, field) is { } text && MoneyText.Read(text, field) is var money && money != Money.Zero ? money.Fen : null;

    private static string? Text(IFormCollection form, string field) => string.IsNullOrWhiteSpace(form[field]) ? null : form[field].ToString().Trim();
}
