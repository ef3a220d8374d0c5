using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenHall.App;

namespace OpenHall.Payments;

/// <summary>Tills, payments and receipts for programs. A command's <c>RequestId</c> is its idempotency key: sent again, the first answer comes back.</summary>
static class PaymentsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var tills = api.MapGroup("/tills").WithTags("Tills");
        tills.MapPost("/open", (OpenTill.Command command, OpenTill open, CancellationToken ct) => open.Handle(command, ct)).RequireAuthorization("tills.open").WithName("openTill");
        tills.MapPost("/close", (CloseTill.Command command, CloseTill close, CancellationToken ct) => close.Handle(command, ct)).RequireAuthorization("tills.open").WithName("closeTill");
        tills.MapPost("/close-for", (CloseTillFor.Command command, CloseTillFor close, CancellationToken ct) => close.Handle(command, ct)).RequireAuthorization("tills.close_for").WithName("closeTillFor");
        tills.MapPost("/reopen", (ReopenTill.Command command, ReopenTill reopen, CancellationToken ct) => reopen.Handle(command, ct)).RequireAuthorization("tills.reopen").WithName("reopenTill");
        tills.MapPost("/receipt-book", (StartReceiptBook.Command command, StartReceiptBook start, CancellationToken ct) => start.Handle(command, ct)).RequireAuthorization("tills.open").WithName("startReceiptBook");
        tills.MapGet("/mine", async (MyShift shift, CancellationToken ct) => TillNow.Of(await shift.Of(ct))).RequireAuthorization("tills.open").WithName("myTill");
        tills.MapGet("/", async (Guid? hall, DateOnly? date, SettlementBoard board, Current me, CancellationToken ct) => (await board.Of(hall ?? me.RequireHall(), date, ct)).Tills)
            .RequireAuthorization("tills.settlement").WithName("settlementBoard");

        var payments = api.MapGroup("/payments").WithTags("Payments");
        payments.MapPost("/", (TakePayment.Command command, CollectPayment collect, CancellationToken ct) => collect.Handle(command, ct)).RequireAuthorization("payments.take").WithName("takePayment");
        payments.MapGet("/", (long account, PaymentsOfAccount list, CancellationToken ct) => list.Of(account, ct)).RequireAuthorization("receipts.see").WithName("paymentsOfAccount");
        payments.MapGet("/{account:long}/{payment:guid}", (long account, Guid payment, CollectPayment collect, CancellationToken ct) => collect.Check(account, payment, ct)).RequireAuthorization("payments.take").WithName("checkPayment");
        payments.MapPost("/reverse", async (ReversePayment.Command command, ReversePayment reverse, CollectPayment collect, CancellationToken ct) =>
        {
            var reversed = await reverse.Handle(command, ct);
            await collect.Check(command.AccountId, command.PaymentId, ct);
            return reversed;
        }).RequireAuthorization("payments.reverse").WithName("reversePayment");
        payments.MapGet("/due/{account}", async (string account, AccountDesk desk, CancellationToken ct) => AccountDue.Of(await desk.Of(account, ct))).RequireAuthorization("payments.take").WithName("accountDue");
        api.MapGet("/receipts/{number}", async (string number, long? account, ReceiptFile file, CancellationToken ct) => ReceiptNow.Of(await file.Of(number, account, ct)))
            .RequireAuthorization("receipts.see").WithName("receipt").WithTags("Receipts");
    }
}

/// <summary>A clerk's own till. What should be in it is null until the count is handed in.</summary>
public sealed record TillNow(Guid? Id, TillState? State, DateOnly? BusinessDate, long? FloatFen, long? CountedFen, long? ExpectedFen, long? DifferenceFen, IReadOnlyList<MyShift.Total>? Totals, int Unanswered)
{
    internal static TillNow Of(MyShift.Shift shift) => new(shift.Till?.Id, shift.Till?.State, shift.Till?.BusinessDate.Day, shift.Till?.FloatFen, shift.Till?.CountedFen, shift.Till?.ExpectedFen,
        shift.Till?.DifferenceFen, shift.Totals, shift.Unanswered.Count);
}

/// <summary>What an account owes today: what a payment names in <c>Bills</c> and <c>DueFen</c>, and in <c>PartFen</c> where an instalment agreement is being kept.</summary>
public sealed record AccountDue(long AccountId, string AccountNumber, long BalanceFen, long TotalFen, long? PartFen, IReadOnlyList<AccountDue.Bill> Bills)
{
    public sealed record Bill(string Number, int Period, DateOnly DueDate, long OwingFen, long LateFeeFen);

    internal static AccountDue Of(AccountDesk.View view) => new(view.File.Account.Id, view.File.Account.Number, view.Balance.Fen, view.Total.Fen, view.Agreement?.DueNow.Fen,
        [.. view.Dues.Select(d => new Bill(d.Bill.Number, d.Bill.Period, d.Bill.DueDate, d.Bill.Owing.Fen, d.LateFee.Fen))]);
}

/// <summary>A receipt with its payment.</summary>
public sealed record ReceiptNow(string Number, PaymentState State, string AccountNumber, long AmountFen, string Capitals, long ToBalanceFen, long? BalanceAfterFen, DateOnly BusinessDate, DateTime TakenAtUtc,
    string ClerkName, string CounterName, int Reprints, string? VoidReason, IReadOnlyList<ReceiptNow.Line> Lines, IReadOnlyList<ReceiptNow.Tendered> Tenders)
{
    public sealed record Line(string Bill, int Period, long AmountFen, long LateFeeFen);

    public sealed record Tendered(TenderKind Kind, long AmountFen, long ChangeFen, string? Reference);

    internal static ReceiptNow Of(ReceiptFile.View v) => new(v.Payment.Number, v.Payment.State, v.AccountNumber, v.Payment.AmountFen, Kernel.RmbCapitals.Of(v.Payment.Amount), v.Payment.ToBalanceFen, v.Payment.BalanceAfterFen,
        v.Payment.BusinessDate.Day, v.Payment.TakenAtUtc, v.Payment.ClerkName, v.Payment.CounterName, v.Receipt?.Reprints ?? 0, v.Receipt?.VoidReason,
        [.. v.Lines.Select(l => new Line(l.Bill.Number, l.Bill.Period, l.Amount.Fen, l.LateFee.Fen))], [.. v.Tenders.Select(t => new Tendered(t.Kind, t.AmountFen, t.ChangeFen, t.Reference))]);
}
