using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Customers;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>账户余额: money that an account has paid ahead; never below zero. Its row is the lock of the account's money: hold it first.</summary>
public sealed class AccountBalance
{
    public short Bucket { get; private init; }
    public long AccountId { get; private init; }
    public long BalanceFen { get; private set; }
    /// <summary>How often the account was in arrears by the ladder, this time included.</summary>
    public int ArrearsEpisode { get; private set; }
    /// <summary>Code of the ladder's step that was reached last; null: the account is not on the ladder.</summary>
    public string? ArrearsStep { get; private set; }
    /// <summary>The account pays ahead: <see cref="PrepaidAccount"/> says from when on it is told to top up.</summary>
    public bool IsPrepaid { get; private set; }

    public Money Balance => new(BalanceFen);

    public static AccountBalance Of(long accountId) => new() { AccountId = accountId, Bucket = BillingAccount.BucketOf(accountId) };

    public void Credit(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Fen);
        BalanceFen = checked(BalanceFen + amount.Fen);
    }

    /// <exception cref="Refused">balance.not_enough</exception>
    public void Spend(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Fen);
        Refused.If(amount > Balance, "balance.not_enough", Balance);
        BalanceFen -= amount.Fen;
    }

    /// <summary>Reaches a step; the first begins a new episode of arrears.</summary>
    public void Climb(string step)
    {
        if (ArrearsStep is null) ArrearsEpisode++;
        ArrearsStep = step;
    }

    /// <summary>Nothing is overdue any more: whoever finds that, holding this row, says so. Costs nothing where the account is not on the ladder.</summary>
    public void EndArrears(HallDb db)
    {
        if (ArrearsStep is null) return;
        ArrearsStep = null;
        db.Raise(new ArrearsCleared(AccountId, ArrearsEpisode));
    }

    public void PayAhead(bool isOn) => IsPrepaid = isOn;

    /// <summary>Leaves the ladder without having paid: what is cut off stays so.</summary>
    public void LeaveLadder() => ArrearsStep = null;

    /// <summary>What ended the last episode was taken back: it goes on where it stood.</summary>
    /// <param name="step">Code of the last step of the episode.</param>
    public void ResumeArrears(HallDb db, string step)
    {
        if (ArrearsStep is not null || ArrearsEpisode == 0) return;
        ArrearsStep = step;
        db.Raise(new ArrearsResumed(AccountId, ArrearsEpisode));
    }
}

sealed class AccountBalanceMap : IEntityTypeConfiguration<AccountBalance>
{
    public void Configure(EntityTypeBuilder<AccountBalance> balance)
    {
        balance.ToTable("account_balances").AccountSide().HasKey(b => new { b.Bucket, b.AccountId });
        balance.Ignore(b => b.Balance);
        balance.Check("bucket_of_account", "bucket = account_id % 1024");
        balance.Property(b => b.ArrearsStep).HasMaxLength(ArrearsLadder.MostCodeLength);
        balance.Check("arrears", "arrears_episode >= 0 and (arrears_step is null or arrears_episode > 0)");
        balance.Check("never_below_zero", "balance_fen >= 0");
    }
}
