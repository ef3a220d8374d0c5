using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>Draft: made by a run, not yet released. Held: made, but a person looks at it first. Issued: to be paid. Settled: paid with its late fee. Cancelled: replaced or withdrawn. WrittenOff: given up as a bad debt, and collected only when it is paid after all.</summary>
public enum BillState { Draft, Held, Issued, Settled, Cancelled, WrittenOff }

/// <summary>账单: what an account owes for one period. Whoever settles it holds the account's <see cref="AccountBalance"/> first.</summary>
public sealed class CustomerBill
{
    /// <summary>Most days on which one bill can be paid in parts.</summary>
    public const int MostInstalments = 60;

    private long _amountFen;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>Month as yyyymm.</summary>
    public int Period { get; init; }
    /// <summary>0: the bill of the run; 1, 2 …: bills that replace it.</summary>
    public short Issue { get; init; }
    /// <summary>Run that made it, or act of re-billing.</summary>
    public Guid RunId { get; init; }
    public required string TariffCode { get; init; }
    /// <summary>Days billed, both included.</summary>
    public DateOnly FromDay { get; init; }
    public DateOnly ToDay { get; init; }
    /// <summary>The readings that the usage lies between.</summary>
    public DateOnly FromReadOn { get; init; }
    public short FromRevision { get; init; }
    public short ToRevision { get; init; }
    public long UsageWh { get; init; }
    /// <summary>The usage is the sum of a load curve; otherwise the difference of registers.</summary>
    public bool IsByIntervals { get; init; }
    /// <summary>Energy of this bill that climbed the tiers.</summary>
    public long CountedWh { get; init; }
    /// <summary>Energy of the same tier year counted in earlier bills.</summary>
    public long YearToDateWh { get; init; }
    /// <summary>What the bill asks for: as rated, and as adjusted since.</summary>
    public long AmountFen { get => _amountFen; init => _amountFen = value; }
    public long PaidFen { get; private set; }
    public long LateFeePaidFen { get; private set; }
    /// <summary>Late fee that is not asked for any more.</summary>
    public long LateFeeWaivedFen { get; private set; }
    /// <summary>Payments of the bill itself by day, <c>2026-04-01:5000 2026-04-09:1200</c> (分): late fees are counted on what was unpaid each day.</summary>
    public string Instalments { get; private set; } = "";
    /// <summary>What was added to the bill after its release, by the last day to pay it without a late fee, written as <see cref="Instalments"/>.</summary>
    public string Raises { get; private set; } = "";
    /// <summary>Last day to pay without a late fee; of a draft, the day planned.</summary>
    public DateOnly DueDate { get; private set; }
    public BillState State { get; private set; }
    /// <summary>Sequence of the account's instalment agreement that covers it; null: none does, or it was broken.</summary>
    public short? AgreedIn { get; private set; }
    /// <summary>Day after which no late fee is counted, while an agreement is kept that says so.</summary>
    public DateOnly? LateFeeHeldOn { get; private set; }
    /// <summary>Day of the write-off, also when it was paid after all; null: never written off.</summary>
    public DateOnly? WrittenOffOn { get; private set; }
    public DateTime MadeAtUtc { get; init; }
    public DateTime? IssuedAtUtc { get; private set; }

    /// <summary>It went out and stands.</summary>
    public bool IsReleased => State is BillState.Issued or BillState.Settled;
    /// <summary>业务费: of no month, its period is the year and a place after the months.</summary>
    public bool IsFee => FeeBills.Is(Period);
    public BillKey Key => new(AccountId, Period, Issue);
    public string Number => Key.Number;
    public Money Amount => new(AmountFen);
    public Money Paid => new(PaidFen);
    /// <summary>Still to pay, without late fee; nothing for drafts and cancelled bills.</summary>
    public Money Owing => State == BillState.Issued ? new(AmountFen - PaidFen) : Money.Zero;
    public IReadOnlyList<(DateOnly Day, Money Amount)> PaidByDay => PaidDays.Parse(Instalments);

    public IReadOnlyList<(DateOnly PayBy, Money Amount)> Raised => PaidDays.Parse(Raises);

    public void Plan(DateOnly dueDate) => DueDate = dueDate;

    /// <summary>Keeps the draft back from release until somebody has looked at it.</summary>
    /// <exception cref="Refused">bill.not_draft</exception>
    public void HoldBack()
    {
        Refused.If(State != BillState.Draft, "bill.not_draft", Number);
        State = BillState.Held;
    }

    /// <exception cref="Refused">bill.not_held</exception>
    public void ReleaseHeld(DateOnly dueDate, DateTime atUtc)
    {
        Refused.If(State != BillState.Held, "bill.not_held", Number);
        State = BillState.Draft;
        Release(dueDate, atUtc);
    }

    /// <exception cref="Refused">bill.not_draft</exception>
    public void Release(DateOnly dueDate, DateTime atUtc)
    {
        Refused.If(State != BillState.Draft, "bill.not_draft", Number);
        // Nothing to pay (free quota, credit): settled from the start.
        (State, DueDate, IssuedAtUtc) = (AmountFen > 0 ? BillState.Issued : BillState.Settled, dueDate, atUtc);
    }

    /// <summary>Late fee still to pay at the end of a day.</summary>
    public Money LateFeeOn(DateOnly day, LateFeeRules rules) =>
        State == BillState.Issued && WrittenOffOn is null ? Money.Max(Money.Zero, rules.Of(this, day).Total - new Money(LateFeePaidFen + LateFeeWaivedFen)) : Money.Zero;

    /// <summary>Books a payment of the bill and of its late fee. Never more than is due.</summary>
    /// <exception cref="Refused">bill.not_payable; bill.amount_not_positive; bill.overpaid; bill.too_many_instalments</exception>
    public void Settle(Money amount, Money lateFee, DateOnly day, LateFeeRules rules)
    {
        Refused.If(State != BillState.Issued, "bill.not_payable", Number);
        Refused.If(amount < Money.Zero || lateFee < Money.Zero || amount + lateFee == Money.Zero, "bill.amount_not_positive", Number);
        Refused.If(amount > Owing, "bill.overpaid", Number, Owing);
        var feeDue = LateFeeOn(day, rules);
        Refused.If(lateFee > feeDue, "bill.overpaid", Number, feeDue);
        if (amount > Money.Zero) Instalments = PaidDays.Add(Instalments, day, amount, Number);
        PaidFen += amount.Fen;
        LateFeePaidFen += lateFee.Fen;
        if (Owing == Money.Zero && LateFeeOn(day, rules) == Money.Zero) State = BillState.Settled;
    }

    /// <summary>Late fee that is due is given up. What comes due after that day is asked for.</summary>
    /// <exception cref="Refused">bill.not_payable; waiver.more_than_due; bill.amount_not_positive</exception>
    public void WaiveLateFee(Money amount, DateOnly day, LateFeeRules rules)
    {
        Refused.If(State != BillState.Issued, "bill.not_payable", Number);
        Refused.IfField(amount <= Money.Zero, "Amount", "bill.amount_not_positive", Number);
        var due = LateFeeOn(day, rules);
        Refused.IfField(amount > due, "Amount", "waiver.more_than_due", Number, due);
        LateFeeWaivedFen += amount.Fen;
        if (Owing == Money.Zero && LateFeeOn(day, rules) == Money.Zero) State = BillState.Settled;
    }

    /// <summary>Takes a payment back (冲正): the bill is owed again as if it had not been made on that day.</summary>
    /// <exception cref="Refused">bill.not_paid_so</exception>
    public void Unsettle(Money amount, Money lateFee, DateOnly paidOn)
    {
        Refused.If(!IsReleased && State != BillState.WrittenOff || amount > Paid || lateFee.Fen > LateFeePaidFen, "bill.not_paid_so", Number);
        if (amount > Money.Zero) Instalments = PaidDays.TakeBack(Instalments, paidOn, amount, Number);
        PaidFen -= amount.Fen;
        LateFeePaidFen -= lateFee.Fen;
        State = WrittenOffOn is null ? BillState.Issued : BillState.WrittenOff;
    }

    /// <summary>What is still on the bill of a payment of that day: less where an adjustment has moved some of it off again.</summary>
    public ExcessPaid LeftOf(Money amount, Money lateFee, DateOnly paidOn) => !IsReleased && State != BillState.WrittenOff ? default
        : new(Money.Min(amount, PaidByDay.FirstOrDefault(d => d.Day == paidOn).Amount), Money.Min(lateFee, new(LateFeePaidFen)));

    /// <summary>Raises or lowers what a released bill asks for. What was paid beyond the new amount leaves the bill.</summary>
    /// <param name="change">Above 0: more to pay.</param>
    /// <param name="payBy">Last day to pay what is added without a late fee.</param>
    /// <returns>What leaves the bill, for the account's balance.</returns>
    /// <exception cref="Refused">adjustment.not_released; adjustment.below_zero</exception>
    public ExcessPaid Adjust(Money change, DateOnly payBy, DateOnly day, LateFeeRules rules)
    {
        Refused.If(!IsReleased || AmountFen < 0 || WrittenOffOn is not null, "adjustment.not_released", Number);
        Refused.IfField(Amount + change < Money.Zero, "Amount", "adjustment.below_zero", Number, Amount);
        _amountFen = checked(AmountFen + change.Fen);
        Raises = change > Money.Zero ? PaidDays.Add(Raises, payBy, change, Number) : PaidDays.TakeLatest(Raises, -change);
        return TakeOutExcess(day, rules);
    }

    /// <summary>Cancels the bill for one that was rated anew, to which its payments, late fees and last day go over. What that one asks for more has a last day of its own.</summary>
    /// <param name="now">A draft of the same month.</param>
    /// <returns>What was paid beyond the new bill, for the account's balance.</returns>
    /// <exception cref="Refused">adjustment.not_released</exception>
    public ExcessPaid ReplaceBy(CustomerBill now, DateOnly payBy, DateOnly day, DateTime atUtc, LateFeeRules rules)
    {
        Refused.If(!IsReleased || WrittenOffOn is not null, "adjustment.not_released", Number);
        now.Release(DueDate, atUtc);
        var more = Money.Max(Money.Zero, now.Amount) - Money.Max(Money.Zero, Amount);
        now.Raises = more > Money.Zero ? PaidDays.Add(Raises, payBy, more, now.Number) : PaidDays.TakeLatest(Raises, -more);
        (now.PaidFen, now.LateFeePaidFen, now.LateFeeWaivedFen, now.Instalments) = (PaidFen, LateFeePaidFen, LateFeeWaivedFen, Instalments);
        (PaidFen, LateFeePaidFen, Instalments, State) = (0, 0, "", BillState.Cancelled);
        return now.TakeOutExcess(day, rules);
    }

    private ExcessPaid TakeOutExcess(DateOnly day, LateFeeRules rules)
    {
        var excess = Money.Max(Money.Zero, Paid - Money.Max(Money.Zero, Amount));
        PaidFen -= excess.Fen;
        Instalments = PaidDays.TakeLatest(Instalments, excess);
        var lateFee = new Money(Math.Clamp(LateFeePaidFen + LateFeeWaivedFen - rules.Of(this, day).Total.Fen, 0, LateFeePaidFen));
        LateFeePaidFen -= lateFee.Fen;
        State = BillState.Issued;
        if (Owing <= Money.Zero && LateFeeOn(day, rules) == Money.Zero) State = BillState.Settled;
        return new(excess, lateFee);
    }

    /// <summary>An instalment agreement covers it from now on.</summary>
    /// <param name="lateFeeHeldOn">No late fee after this day; null: it goes on.</param>
    public void Agree(short agreement, DateOnly? lateFeeHeldOn) => (AgreedIn, LateFeeHeldOn) = (agreement, lateFeeHeldOn);

    /// <summary>The agreement is over without being kept: everything is due, with its late fee as if there had been none.</summary>
    public void Disagree() => (AgreedIn, LateFeeHeldOn) = (null, null);

    /// <summary>Gives up what is owed as a bad debt, with its late fee.</summary>
    /// <returns>What was still owed.</returns>
    /// <exception cref="Refused">bill.not_payable; agreement.binds_bill</exception>
    public Money WriteOff(DateOnly day)
    {
        Refused.If(State != BillState.Issued, "bill.not_payable", Number);
        Refused.If(AgreedIn is not null, "agreement.binds_bill", Number);
        var owed = Owing;
        (State, WrittenOffOn) = (BillState.WrittenOff, day);
        return owed;
    }

    /// <summary>A bill that was written off is about to be paid after all; <see cref="Rest"/> ends that.</summary>
    public void Revive()
    {
        if (State == BillState.WrittenOff) State = BillState.Issued;
    }

    /// <summary>What was not paid of a revived bill stays written off.</summary>
    public void Rest()
    {
        if (State == BillState.Issued && WrittenOffOn is not null) State = BillState.WrittenOff;
    }

    /// <summary>Withdraws a bill on which nothing was paid.</summary>
    /// <exception cref="Refused">bill.paid_already</exception>
    public void Cancel()
    {
        Refused.If(PaidFen + LateFeePaidFen > 0, "bill.paid_already", Number);
        State = BillState.Cancelled;
    }
}

/// <summary>What was paid on a bill beyond what it asks for.</summary>
public readonly record struct ExcessPaid(Money Amount, Money LateFee)
{
    public Money Total => Amount + LateFee;
}

sealed class CustomerBillMap : IEntityTypeConfiguration<CustomerBill>
{
    /// <summary>SQLite uses the index only for a statement that says exactly this.</summary>
    public const string UnreleasedFilter = "state in ('Draft', 'Held')";

    public void Configure(EntityTypeBuilder<CustomerBill> bill)
    {
        bill.ToTable("customer_bills").AccountSide().HasKey(b => new { b.Bucket, b.AccountId, b.Period, b.Issue });
        bill.Property(b => b.TariffCode).HasMaxLength(80);
        bill.Property(b => b.Instalments).HasMaxLength(1600);
        bill.Property(b => b.Raises).HasMaxLength(1600);
        bill.Ignore(b => b.Key).Ignore(b => b.Number).Ignore(b => b.Amount).Ignore(b => b.Paid).Ignore(b => b.Owing).Ignore(b => b.PaidByDay).Ignore(b => b.Raised);
        // What a run has to release, or a dropped one to withdraw: few at a time.
        bill.HasIndex(b => new { b.Bucket, b.RunId }).HasFilter(UnreleasedFilter);
        // Few bills are unpaid: what is overdue is found among them only.
        bill.HasIndex(b => new { b.Bucket, b.AccountId, b.DueDate }).HasFilter("state = 'Issued'");
        bill.Check("bucket_of_account", "bucket = account_id % 1024");
        bill.Check("period", "period between 200001 and 999912 and issue between 0 and 9");
        bill.Check("never_overpaid", "paid_fen between 0 and case when amount_fen > 0 then amount_fen else 0 end and late_fee_paid_fen >= 0 and late_fee_waived_fen >= 0");
        bill.Check("written_off_has_day", "state <> 'WrittenOff' or written_off_on is not null");
        bill.Check("days", "to_day >= from_day");
    }
}
