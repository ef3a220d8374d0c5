using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;

namespace OpenHall.Customers;

/// <summary>A field of a customer, account or supply point that was changed: what it was, what it is, who changed it. Never changed itself.</summary>
public sealed class CustomerChange
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CustomerId { get; init; }
    public long? AccountId { get; init; }
    /// <summary>Name of the field; its word is <c>customers.field.*</c>.</summary>
    public required string Field { get; init; }
    public required string Before { get; init; }
    public required string After { get; init; }
    public DateTime AtUtc { get; init; }
    public Guid? ChangedBy { get; init; }
    public required string ChangedByName { get; init; }
}

/// <summary>A look at a customer's full data: who, when, which hall, why. The customer can ask to see these lines.</summary>
public sealed class AccessLine
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CustomerId { get; init; }
    public DateTime AtUtc { get; init; }
    public Guid SeenBy { get; init; }
    public required string StaffNumber { get; init; }
    public required string SeenByName { get; init; }
    public Guid? HallId { get; init; }
    public Guid? VisitId { get; init; }
    public required string Reason { get; init; }
}

sealed class CustomerChangeMap : IEntityTypeConfiguration<CustomerChange>
{
    public void Configure(EntityTypeBuilder<CustomerChange> change)
    {
        change.ToTable("customer_changes").InsertOnly();
        change.Property(c => c.Field).HasMaxLength(40);
        change.Property(c => c.Before).HasMaxLength(200);
        change.Property(c => c.After).HasMaxLength(200);
        change.Property(c => c.ChangedByName).HasMaxLength(60);
        change.HasIndex(c => c.CustomerId);
        change.HasOne<Customer>().WithMany().HasForeignKey(c => c.CustomerId);
    }
}

sealed class AccessLineMap : IEntityTypeConfiguration<AccessLine>
{
    public void Configure(EntityTypeBuilder<AccessLine> line)
    {
        line.ToTable("customer_access_lines").InsertOnly();
        line.Property(l => l.StaffNumber).HasMaxLength(40);
        line.Property(l => l.SeenByName).HasMaxLength(60);
        line.Property(l => l.Reason).HasMaxLength(200);
        line.HasIndex(l => l.CustomerId);
        line.HasOne<Customer>().WithMany().HasForeignKey(l => l.CustomerId);
        line.Check("reason", "length(reason) >= 2");
    }
}
