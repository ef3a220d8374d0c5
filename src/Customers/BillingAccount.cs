using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

public enum AccountState { Open, Closed }

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
