using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Pending: a channel has not answered yet, nothing is booked. Confirmed: booked. Failed: the channel refused, nothing was booked. Reversed: taken back.</summary>
public enum PaymentState { Pending, Confirmed, Failed, Reversed }

/// <summary>收费: money brought to one account. What is brought = bills + late fees + what goes to the balance.</summary>
public sealed class Payment
{
    public const int MaxBills = 60;

    private Payment() { }

    public Payment(TillSession till, long accountId, Money amount, Money fromBalance, IReadOnlyList<BillKey> chosen, Guid? visitId, DateTime atUtc, bool isPartPaid = false)
    {
        (Id, AccountId, Bucket, AmountFen, FromBalanceFen, VisitId, TakenAtUtc) = (Guid.CreateVersion7(), accountId, Books.BucketOf(accountId), amount.Fen, fromBalance.Fen, visitId, atUtc);
        (HallId, TillSessionId, BusinessDate, ClerkId, ClerkName, CounterName) = (till.HallId, till.Id, till.BusinessDate, till.ClerkId, till.ClerkName, till.CounterName);
        (Chosen, IsOwnAccount, IsPartPaid) = (string.Join(' ', chosen.Select(k => k.Number)), till.IsOwn(accountId), isPartPaid);
        Number = NumberOf(Id);
    }

    /// <summary>代扣: a bank collected it by a batch, for which a file says so. There is no till, and no receipt.</summary>
    /// <param name="by">Who took the bank's answer in.</param>
    /// <param name="atBank">The bank's name, where others read the counter's.</param>
    public static Payment ByBank(Guid batchId, Guid hallId, BusinessDate date, (Guid Id, string Name) by, string atBank, long accountId, Money amount, IReadOnlyList<BillKey> chosen, DateTime atUtc)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id, AccountId = accountId, Bucket = Books.BucketOf(accountId), AmountFen = amount.Fen, TakenAtUtc = atUtc, HallId = hallId, BankBatchId = batchId, BusinessDate = date,
            ClerkId = by.Id, ClerkName = by.Name, CounterName = atBank, Chosen = string.Join(' ', chosen.Select(k => k.Number)), Number = NumberOf(id),
        };
    }

    public short Bucket { get; private init; }
    public Guid Id { get; private init; }
    public long AccountId { get; private init; }
    /// <summary>The receipt's number; of a payment without receipt (pending, from the balance alone, by a bank) one of its own.</summary>
    public string Number { get; private set; } = "";
    public string? ReceiptNumber { get; private set; }
    public Guid HallId { get; private init; }
    /// <summary>Where it came from: the till that took it, or the batch of direct debits that brought it.</summary>
    public Guid? TillSessionId { get; private init; }
    public Guid? BankBatchId { get; private init; }
    public BusinessDate BusinessDate { get; private init; }
    public Guid ClerkId { get; private init; }
    public string ClerkName { get; private init; } = "";
    public string CounterName { get; private init; } = "";
    public Guid? VisitId { get; private init; }
    public PaymentState State { get; private set; }
    /// <summary>Σ tenders, change already given back.</summary>
    public long AmountFen { get; private init; }
    /// <summary>Part of it that the account's balance paid.</summary>
    public long FromBalanceFen { get; private init; }
    public long BillsFen { get; private set; }
    public long LateFeeFen { get; private set; }
    public long ToBalanceFen { get; private set; }
    /// <summary>The account's balance right after.</summary>
    public long? BalanceAfterFen { get; private set; }
    /// <summary>Numbers of the bills ticked; empty: oldest first.</summary>
    public string Chosen { get; private init; } = "";
    /// <summary>Due parts of the account's instalment agreement are paid with it, and no more of its bills.</summary>
    public bool IsPartPaid { get; private init; }
    /// <summary>The account belongs to the clerk who took it.</summary>
    public bool IsOwnAccount { get; private init; }
    public DateTime TakenAtUtc { get; private init; }
    public DateTime? ConfirmedAtUtc { get; private set; }
    public string? FailReason { get; private set; }

    public Money Amount => new(AmountFen);
    /// <summary>What came in from outside: all but the balance's part. The receipt is for this.</summary>
    public Money MoneyIn => new(AmountFen - FromBalanceFen);

    public IReadOnlyList<BillKey> ChosenBills => [.. Chosen.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => BillKey.TryParse(n, out var key) ? key : default)];

    private static string NumberOf(Guid id) => "B" + id.ToString("N")[^12..].ToUpperInvariant();

    /// <exception cref="Refused">payment.already_settled</exception>
    public void Confirm(Spread spread, string? receiptNumber, Money balanceAfter, DateTime atUtc)
    {
        Refused.If(State != PaymentState.Pending, "payment.already_settled", Number);
        (State, BillsFen, LateFeeFen, ToBalanceFen, BalanceAfterFen, ConfirmedAtUtc) = (PaymentState.Confirmed, spread.Bills.Fen, spread.LateFees.Fen, spread.Rest.Fen, balanceAfter.Fen, atUtc);
        if (receiptNumber is not null) (ReceiptNumber, Number) = (receiptNumber, receiptNumber);
    }

    /// <exception cref="Refused">payment.already_settled</exception>
    public void Fail(string reason)
    {
        Refused.If(State != PaymentState.Pending, "payment.already_settled", Number);
        (State, FailReason) = (PaymentState.Failed, reason);
    }

    /// <exception cref="Refused">payment.already_reversed; payment.not_confirmed</exception>
    public void Reverse()
    {
        Refused.If(State == PaymentState.Reversed, "payment.already_reversed", Number);
        Refused.If(State != PaymentState.Confirmed, "payment.not_confirmed", Number);
        State = PaymentState.Reversed;
    }
}

/// <summary>One means of a payment. Of cash: what was handed over and what was given back. Insert-only.</summary>
public sealed class PaymentTender
{
    public short Bucket { get; init; }
    public Guid PaymentId { get; init; }
    public short Line { get; init; }
    public TenderKind Kind { get; init; }
    /// <summary>What stays: handed over less change.</summary>
    public long AmountFen { get; init; }
    public long ChangeFen { get; init; }
    /// <summary>Slip number of a card, the channel's number of a code.</summary>
    public string? Reference { get; init; }

    public Money Amount => new(AmountFen);
}

/// <summary>The part of a payment that went to one bill. Insert-only; a reversal is a document of its own.</summary>
public sealed class PaymentAllocation
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public int Period { get; init; }
    public short Issue { get; init; }
    public Guid PaymentId { get; init; }
    public long AmountFen { get; init; }
    public long LateFeeFen { get; init; }

    public BillKey Bill => new(AccountId, Period, Issue);
}

sealed class PaymentMap : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("payments").AccountSide().HasKey(p => new { p.Bucket, p.Id });
        payment.Property(p => p.Number).HasMaxLength(20);
        payment.Property(p => p.ReceiptNumber).HasMaxLength(20);
        payment.Property(p => p.ClerkName).HasMaxLength(60);
        payment.Property(p => p.CounterName).HasMaxLength(30);
        payment.Property(p => p.Chosen).HasMaxLength(Payment.MaxBills * 19);
        payment.Property(p => p.FailReason).HasMaxLength(200);
        payment.Ignore(p => p.Amount).Ignore(p => p.MoneyIn).Ignore(p => p.ChosenBills);
        payment.HasIndex(p => new { p.Bucket, p.AccountId, p.TakenAtUtc });
        payment.HasIndex(p => new { p.HallId, p.BusinessDate });
        payment.Check("bucket", "bucket = account_id % 1024");
        payment.Check("amounts", "amount_fen > 0 and from_balance_fen between 0 and amount_fen and bills_fen >= 0 and late_fee_fen >= 0 and to_balance_fen >= 0");
        payment.Check("spread", "state in ('Pending', 'Failed') or bills_fen + late_fee_fen + to_balance_fen = amount_fen");
        payment.Check("receipt", "state in ('Pending', 'Failed') or (receipt_number is null) = (amount_fen = from_balance_fen or till_session_id is null)");
        payment.Check("source", "(till_session_id is null) <> (bank_batch_id is null)");
    }
}

sealed class PaymentTenderMap : IEntityTypeConfiguration<PaymentTender>
{
    public void Configure(EntityTypeBuilder<PaymentTender> tender)
    {
        tender.ToTable("payment_tenders").AccountSide().InsertOnly().HasKey(t => new { t.Bucket, t.PaymentId, t.Line });
        tender.Property(t => t.Reference).HasMaxLength(64);
        tender.Ignore(t => t.Amount);
        tender.HasOne<Payment>().WithMany().HasForeignKey(t => new { t.Bucket, t.PaymentId });
        tender.Check("amounts", "amount_fen > 0 and change_fen >= 0 and (change_fen = 0 or kind = 'Cash')");
    }
}

sealed class PaymentAllocationMap : IEntityTypeConfiguration<PaymentAllocation>
{
    public void Configure(EntityTypeBuilder<PaymentAllocation> allocation)
    {
        allocation.ToTable("payment_allocations").AccountSide().InsertOnly().HasKey(a => new { a.Bucket, a.AccountId, a.Period, a.Issue, a.PaymentId });
        allocation.Ignore(a => a.Bill);
        // A payment's allocations are among its account's; payments are never deleted.
        allocation.Metadata.RemoveIndex(allocation.HasOne<Payment>().WithMany().HasForeignKey(a => new { a.Bucket, a.PaymentId }).Metadata.Properties);

        allocation.HasOne<CustomerBill>().WithMany().HasForeignKey(a => new { a.Bucket, a.AccountId, a.Period, a.Issue });
        allocation.Check("amounts", "amount_fen >= 0 and late_fee_fen >= 0 and amount_fen + late_fee_fen > 0");
    }
}
