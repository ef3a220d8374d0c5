using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Draft: made, to be looked through. Released: agreed to, its file may go to the bank. Booking: its answer was checked and is booked part by part. Answered: it is booked. Withdrawn: the bank was never asked.</summary>
public enum DebitBatchState { Draft, Released, Booking, Answered, Withdrawn }

/// <summary>Returned: collected, and taken back by the bank later.</summary>
public enum DebitItemState { Open, Collected, Partly, Refused, Withdrawn, Returned }

/// <summary>代扣批次: what one bank is asked to collect on a day. Its money is booked on the business day of the hall that made it.</summary>
public sealed class DebitBatch
{
    /// <summary>Accounts of a batch: a person looks it through.</summary>
    public const int MostItems = 5_000;
    public const int MaxBank = 20;
    public const int MaxBankAccount = 32;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Number { get; init; }
    public Guid HallId { get; init; }
    public required string UnitPath { get; init; }
    public required string BankCode { get; init; }
    /// <summary>Bills due up to this day.</summary>
    public DateOnly DueUpTo { get; init; }
    /// <summary>Day on which the bank is to collect; late fee is counted up to it.</summary>
    public DateOnly CollectOn { get; init; }
    public int Items { get; init; }
    public long TotalFen { get; init; }
    public required string MadeByName { get; init; }
    public DateTime MadeAtUtc { get; init; }
    public DebitBatchState State { get; private set; }
    public string? ReleasedByName { get; private set; }
    public string? ApprovedByName { get; private set; }
    public DateTime? ReleasedAtUtc { get; private set; }
    /// <summary>Of the answer's content.</summary>
    public string? AnswerHash { get; private set; }
    public string? EndedByName { get; private set; }
    public string? EndReason { get; private set; }
    public DateTime? EndedAtUtc { get; private set; }
    public BusinessDate? BookedOn { get; private set; }
    /// <summary>Who handed the answer in; it is booked in that name.</summary>
    public Guid? AnsweredBy { get; private set; }
    /// <summary>Parts of the answer that are booked.</summary>
    public int Chunks { get; private set; }
    public int Collected { get; private set; }
    public long CollectedFen { get; private set; }
    /// <summary>Of these, what the bank took back later.</summary>
    public int Returned { get; private set; }
    public long ReturnedFen { get; private set; }

    public Money Total => new(TotalFen);

    /// <exception cref="Refused">debit.move_not_allowed</exception>
    public void Release(string byName, string approvedByName, DateTime atUtc)
    {
        Refused.If(State != DebitBatchState.Draft, "debit.move_not_allowed", Number);
        (State, ReleasedByName, ApprovedByName, ReleasedAtUtc) = (DebitBatchState.Released, byName, approvedByName, atUtc);
    }

    /// <exception cref="Refused">debit.move_not_allowed</exception>
    public void Withdraw(string byName, string reason, DateTime atUtc)
    {
        Refused.If(State is not (DebitBatchState.Draft or DebitBatchState.Released), "debit.move_not_allowed", Number);
        (State, EndedByName, EndReason, EndedAtUtc) = (DebitBatchState.Withdrawn, byName, reason, atUtc);
    }

    /// <summary>The answer was checked; <see cref="Book"/> and <see cref="Finish"/> follow.</summary>
    public void Answer(string hash, BusinessDate on, Guid by, string byName, DateTime atUtc) =>
        (State, AnswerHash, BookedOn, AnsweredBy, EndedByName, EndedAtUtc) = (DebitBatchState.Booking, hash, on, by, byName, atUtc);

    public void Book(int collected, Money amount) => (Chunks, Collected, CollectedFen) = (Chunks + 1, Collected + collected, CollectedFen + amount.Fen);

    public void Finish() => State = DebitBatchState.Answered;

    public void Return(Money amount) => (Returned, ReturnedFen) = (Returned + 1, ReturnedFen + amount.Fen);

    /// <exception cref="Refused">debit.answered_already; debit.not_released</exception>
    public void WantsAnswer()
    {
        Refused.If(State is DebitBatchState.Booking or DebitBatchState.Answered, "debit.answered_already", Number, EndedByName ?? "", Shown.Text(EndedAtUtc ?? MadeAtUtc));
        Refused.If(State != DebitBatchState.Released, "debit.not_released", Number);
    }
}

/// <summary>What is to be collected of one account in a batch, and what was.</summary>
public sealed class DebitItem
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public Guid BatchId { get; init; }
    /// <summary>Place in the file, from 1.</summary>
    public int Sequence { get; init; }
    /// <summary>Of the account's agreements.</summary>
    public short Agreement { get; init; }
    public required string AccountNumber { get; init; }
    public required string BankAccount { get; init; }
    public required string Holder { get; init; }
    public long AmountFen { get; init; }
    /// <summary>Numbers of the bills, oldest first.</summary>
    public required string Bills { get; init; }
    public DebitItemState State { get; private set; }
    public long CollectedFen { get; private set; }
    /// <summary>The bank's code; its meaning stands in the pack.</summary>
    public string? Code { get; private set; }
    /// <summary>Null: nothing was collected.</summary>
    public string? PaymentNumber { get; private set; }

    /// <summary>The bank's code of taking it back, and the day that was booked on.</summary>
    public string? ReturnCode { get; private set; }
    public BusinessDate? ReturnedOn { get; private set; }

    public Money Amount => new(AmountFen);
    public Money Got => new(CollectedFen);
    public string MaskedAccount => Masked.BankCard(BankAccount);
    public IReadOnlyList<BillKey> BillKeys => [.. Bills.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => BillKey.TryParse(n, out var key) ? key : default)];

    public void Answer(Money collected, string code, string? paymentNumber) =>
        (State, CollectedFen, Code, PaymentNumber) = (collected == Amount ? DebitItemState.Collected : collected > Money.Zero ? DebitItemState.Partly : DebitItemState.Refused, collected.Fen, code, paymentNumber);

    public void Withdraw() => State = DebitItemState.Withdrawn;

    /// <exception cref="Refused">debit.not_collected</exception>
    public void Return(string code, BusinessDate on)
    {
        Refused.If(State is not (DebitItemState.Collected or DebitItemState.Partly), "debit.not_collected", AccountNumber);
        (State, ReturnCode, ReturnedOn) = (DebitItemState.Returned, code, on);
    }
}

/// <summary>A bank's answer as it came, until all of it is booked and after.</summary>
public sealed class DebitAnswerFile
{
    public Guid BatchId { get; init; }
    public required byte[] Content { get; init; }
}

sealed class DebitAnswerFileMap : IEntityTypeConfiguration<DebitAnswerFile>
{
    public void Configure(EntityTypeBuilder<DebitAnswerFile> file)
    {
        file.ToTable("debit_answer_files").InsertOnly().HasKey(f => f.BatchId);
        file.HasOne<DebitBatch>().WithOne().HasForeignKey<DebitAnswerFile>(f => f.BatchId);
    }
}

sealed class DebitBatchMap : IEntityTypeConfiguration<DebitBatch>
{
    public void Configure(EntityTypeBuilder<DebitBatch> batch)
    {
        batch.ToTable("debit_batches");
        batch.Ignore(b => b.Total);
        batch.Property(b => b.Number).HasMaxLength(20);
        batch.Property(b => b.UnitPath).HasMaxLength(200);
        batch.Property(b => b.BankCode).HasMaxLength(DebitBatch.MaxBank);
        batch.Property(b => b.AnswerHash).HasMaxLength(64);
        batch.Property(b => b.MadeByName).HasMaxLength(60);
        batch.Property(b => b.ReleasedByName).HasMaxLength(60);
        batch.Property(b => b.ApprovedByName).HasMaxLength(60);
        batch.Property(b => b.EndedByName).HasMaxLength(60);
        batch.Property(b => b.EndReason).HasMaxLength(DebitAgreement.MaxReason);
        batch.HasIndex(b => b.Number).IsUnique();
        batch.HasIndex(b => b.MadeAtUtc);
        // The same answer is booked once, whatever batch it is handed in for.
        batch.HasIndex(b => b.AnswerHash).IsUnique().HasFilter("answer_hash is not null");
        batch.Check("values", "items > 0 and total_fen > 0 and collected between 0 and items and collected_fen between 0 and total_fen and chunks >= 0 and returned between 0 and collected and returned_fen between 0 and collected_fen");
        batch.Check("answered_has_day", "(state in ('Booking', 'Answered')) = (booked_on is not null) and (booked_on is null) = (answered_by is null) and (state in ('Booking', 'Answered', 'Withdrawn')) = (ended_at_utc is not null)");
    }
}

sealed class DebitItemMap : IEntityTypeConfiguration<DebitItem>
{
    public void Configure(EntityTypeBuilder<DebitItem> item)
    {
        item.ToTable("debit_items").AccountSide().HasKey(i => new { i.Bucket, i.AccountId, i.BatchId });
        item.Ignore(i => i.Amount).Ignore(i => i.Got).Ignore(i => i.MaskedAccount).Ignore(i => i.BillKeys);
        item.Property(i => i.AccountNumber).HasMaxLength(20);
        item.Property(i => i.BankAccount).HasMaxLength(DebitBatch.MaxBankAccount);
        item.Property(i => i.Holder).HasMaxLength(DebitAgreement.MaxHolder);
        item.Property(i => i.Bills).HasMaxLength(Payment.MaxBills * 19);
        item.Property(i => i.Code).HasMaxLength(20);
        item.Property(i => i.ReturnCode).HasMaxLength(20);
        item.Property(i => i.PaymentNumber).HasMaxLength(20);
        item.HasIndex(i => i.BatchId);
        // An account is asked for by one batch at a time.
        item.HasIndex(i => new { i.Bucket, i.AccountId }).IsUnique().HasFilter("state = 'Open'");
        item.Check("bucket_of_account", "bucket = account_id % 1024");
        item.Check("amounts", "amount_fen > 0 and collected_fen between 0 and amount_fen and sequence > 0");
        item.Check("got", "(collected_fen > 0) = (payment_number is not null) and (state in ('Collected', 'Partly', 'Returned')) = (collected_fen > 0) and (state = 'Returned') = (returned_on is not null)");
    }
}
