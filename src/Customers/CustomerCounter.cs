using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>Next number of a kind: a row that is held while one is taken, so that numbers have no gaps.</summary>
public sealed class CustomerCounter
{
    public const string Accounts = "accounts";
    public const string CustomerNumbers = "customers";

    /// <summary>First account id: numbers made from it have ten digits and no leading zero, which spreadsheets would drop.</summary>
    public const long FirstAccountId = 100_000_001;

    public required string Name { get; init; }
    public long Next { get; private set; } = FirstAccountId;

    /// <summary>Takes <paramref name="count"/> numbers; gives the first.</summary>
    public static async Task<long> Take(HallDb db, string name, int count, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"insert into customer_counters (name, next) values ({name}, {FirstAccountId}) on conflict do nothing", ct);
        var counter = await db.Set<CustomerCounter>().Hold(c => c.Name == name, orRefuse: "request.changed_meanwhile", ct);
        var first = counter.Next;
        counter.Next += count;
        return first;
    }
}

sealed class CustomerCounterMap : IEntityTypeConfiguration<CustomerCounter>
{
    public void Configure(EntityTypeBuilder<CustomerCounter> counter)
    {
        counter.ToTable("customer_counters").HasKey(c => c.Name);
        counter.Property(c => c.Name).HasMaxLength(20);
        counter.Check("rising", "next > 0");
    }
}

/// <summary>户号 made from an account id: its nine or more digits and a Luhn check digit, so that one wrong digit is noticed.</summary>
public static class AccountNumber
{
    public static string Of(long accountId)
    {
        var digits = accountId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }
}
