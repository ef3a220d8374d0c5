using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>What the customer hands over of one kind.</summary>
/// <param name="GivenFen">Cash: handed over, change not yet given. Others: exactly this is asked.</param>
/// <param name="Code">Code scanned from the customer's telephone (WeChat, Alipay).</param>
/// <param name="Reference">Number on a card slip.</param>
public sealed record Tender(TenderKind Kind, long GivenFen, string? Code = null, string? Reference = null);

/// <summary>Tenders against what is to be paid: what stays of each, the change, and what is too small to be given back.</summary>
/// <param name="Kept">Σ is what the payment is booked with.</param>
public sealed record Tendering(IReadOnlyList<(Tender Tender, Money Kept, Money Change)> Kept, Money Change)
{
    public const int MaxTenders = 6;
    public const int MaxReference = 64;
    /// <summary>分 of one tender; ten million 元.</summary>
    public const long MaxFen = 1_000_000_000;

    public Money Total => Kept.Aggregate(Money.Zero, (sum, k) => sum + k.Kept);

    public Money Of(TenderKind kind) => Kept.Where(k => k.Tender.Kind == kind).Aggregate(Money.Zero, (sum, k) => sum + k.Kept);

    /// <param name="payable">What the customer wants to pay.</param>
    /// <exception cref="Refused">tender.none; tender.too_many; tender.amount_invalid; tender.twice; tender.one_channel; tender.code_invalid;
    /// tender.cash_step; tender.short_by; tender.change_only_from_cash</exception>
    public static Tendering Of(IReadOnlyList<Tender> tenders, Money payable, PaymentTerms terms)
    {
        Refused.If(tenders.Count == 0, "tender.none");
        Refused.If(tenders.Count > MaxTenders, "tender.too_many", MaxTenders);
        foreach (var tender in tenders) Check(tender, terms);
        var twice = tenders.GroupBy(t => t.Kind).FirstOrDefault(g => g.Count() > 1 && g.Key is TenderKind.Cash or TenderKind.Balance);
        Refused.If(twice is not null, "tender.twice");
        Refused.If(tenders.Count(t => t.Kind is TenderKind.WeChat or TenderKind.Alipay) > 1, "tender.one_channel");
        var given = new Money(tenders.Sum(t => t.GivenFen));
        Refused.IfField(given < payable, "Cash", "tender.short_by", payable - given);
        var over = given - payable;
        var cash = tenders.FirstOrDefault(t => t.Kind == TenderKind.Cash);
        Refused.IfField(over > Money.Zero && over.Fen > (cash?.GivenFen ?? 0), "Cash", "tender.change_only_from_cash", over);
        // What is below the smallest coin can't be handed over: it stays, and goes to the balance.
        var change = terms.Payable(over);
        Refused.If(cash is not null && cash.GivenFen == change.Fen, "tender.cash_not_needed");
        return new([.. tenders.Select(t => t.Kind == TenderKind.Cash ? (t, new Money(t.GivenFen) - change, change) : (t, new Money(t.GivenFen), Money.Zero))], change);
    }

    private static void Check(Tender tender, PaymentTerms terms)
    {
        var field = tender.Kind.ToString();
        Refused.IfField(!Enum.IsDefined(tender.Kind) || tender.Kind == TenderKind.DirectDebit || tender.GivenFen is < 1 or > MaxFen, field, "tender.amount_invalid", new Money(MaxFen));
        Refused.IfField(tender.Kind == TenderKind.Cash && tender.GivenFen % terms.CashStep.Fen != 0, field, "tender.cash_step", terms.CashStep);
        Refused.IfField((tender.Reference?.Length ?? 0) > MaxReference, "Reference", "tender.reference_too_long", MaxReference);
        if (tender.Kind is not (TenderKind.WeChat or TenderKind.Alipay)) return;
        // Payment codes have 18 digits; WeChat's begin with 10 to 15, Alipay's with 25 to 30.
        var begin = tender.Code is { Length: 18 } code && code.All(char.IsAsciiDigit) ? (code[0] - '0') * 10 + code[1] - '0' : 0;
        var isCode = tender.Kind == TenderKind.WeChat ? begin is >= 10 and <= 15 : begin is >= 25 and <= 30;
        Refused.IfField(!isCode, "Code", "tender.code_invalid");
    }
}
