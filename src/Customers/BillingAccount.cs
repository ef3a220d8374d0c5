using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>Pending: has its number and may be charged fees, but no meter yet.</summary>
public enum AccountState { Open, Closed, Pending }

/// <summary>账户（户号）: what is metered, billed and paid for. Its id decides the bucket of all account-side tables and never changes.</summary>
public sealed class BillingAccount
{
    public const int Buckets = 1024;

    /// <summary>Given from a counter row (<see cref="CustomerCounter"/>).</summary>
    public required long Id { get; init; }
    /// <summary>户号: <see cref="AccountNumber.Of"/> the id, or the number the utility brought along.</summary>
    public required string Number { get; init; }
    public Guid CustomerId { get; set; }
    /// <summary>Account id mod 1024.</summary>
    public short Bucket { get; private init; }
    /// <summary>Unit that the account belongs to, <c>/province/city/</c>: decides who sees it.</summary>
    public required string UnitPath { get; set; }
    public AccountState State { get; private set; }
    public DateTime OpenedAtUtc { get; init; }
    public DateTime? ClosedAtUtc { get; private set; }

    public static short BucketOf(long accountId) => (short)(accountId % Buckets);

    /// <summary>A new account of that id, in its bucket.</summary>
    public static BillingAccount Open(long id, string number, Guid customerId, string unitPath, DateTime atUtc) =>
        new() { Id = id, Number = number, CustomerId = customerId, Bucket = BucketOf(id), UnitPath = unitPath, OpenedAtUtc = atUtc };

    /// <summary>A new account that waits for its meter.</summary>
    public static BillingAccount Prepare(long id, string number, Guid customerId, string unitPath, DateTime atUtc)
    {
        var account = Open(id, number, customerId, unitPath, atUtc);
        account.State = AccountState.Pending;
        return account;
    }

    /// <exception cref="Refused">account.not_pending</exception>
    public void Begin()
    {
        Refused.If(State != AccountState.Pending, "account.not_pending", Number);
        State = AccountState.Open;
    }

    /// <exception cref="Refused">account.closed</exception>
    public void Close(DateTime atUtc)
    {
        Refused.If(State == AccountState.Closed, "account.closed");
        (State, ClosedAtUtc) = (AccountState.Closed, atUtc);
    }
}

sealed class BillingAccountMap : IEntityTypeConfiguration<BillingAccount>
{
    public void Configure(EntityTypeBuilder<BillingAccount> account)
    {
        account.ToTable("billing_accounts");
        account.Property(a => a.Id).ValueGeneratedNever();
        account.Property(a => a.Number).HasMaxLength(20);
        account.Property(a => a.UnitPath).HasMaxLength(200);
        account.HasIndex(a => a.Number).IsUnique();
        account.HasIndex(a => a.CustomerId);
        account.HasIndex(a => new { a.Bucket, a.Id });
        account.HasOne<Customer>().WithMany().HasForeignKey(a => a.CustomerId);
        account.Check("bucket_of_id", "id > 0 and bucket = id % 1024");
        account.Check("closed_has_time", "(state = 'Closed') = (closed_at_utc is not null)");
    }
}
