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
}

sealed class AccountBalanceMap : IEntityTypeConfiguration<AccountBalance>
{
    public void Configure(EntityTypeBuilder<AccountBalance> balance)
    {
        balance.ToTable("account_balances").AccountSide().HasKey(b => new { b.Bucket, b.AccountId });
        balance.Ignore(b => b.Balance);
        balance.Check("bucket_of_account", "bucket = account_id % 1024");
        balance.Check("never_below_zero", "balance_fen >= 0");
    }
}
