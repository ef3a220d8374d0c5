using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

public enum CustomerKind { Person, Organisation }

public enum CustomerState { Active, Closed }

/// <summary>客户: a person or organisation that has accounts. Names, papers and telephone numbers are personal data: pages show
/// them by <see cref="Masked"/>, the full values only through the command that unmasks.</summary>
public sealed class Customer
{
    public const int MostNameLength = 100;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>客户编号, as printed on contracts.</summary>
    public required string Number { get; init; }
    public required CustomerKind Kind { get; init; }
    public required string Name { get; set; }
    /// <summary>Resident ID of a person, social credit code of an organisation; null: not shown yet.</summary>
    public string? PaperNumber { get; set; }
    public required string Phone { get; set; }
    /// <summary>The customer agreed that the data is kept and used for the service (个人信息保护法).</summary>
    public bool HasConsented { get; set; }
    public DateTime? ConsentedAtUtc { get; set; }
    public CustomerState State { get; private set; }
    public DateTime OpenedAtUtc { get; init; }
    public DateTime? ClosedAtUtc { get; private set; }

    public string MaskedName => Kind == CustomerKind.Person ? Masked.Name(Name) : Name;
    public string MaskedPhone => Masked.Phone(Phone);
    public string MaskedPaper => PaperNumber is null ? "" : Kind == CustomerKind.Person ? Masked.ResidentId(PaperNumber) : PaperNumber;

    /// <exception cref="Refused">customer.closed</exception>
    public void Close(DateTime atUtc)
    {
        Refused.If(State == CustomerState.Closed, "customer.closed");
        (State, ClosedAtUtc) = (CustomerState.Closed, atUtc);
    }
}

sealed class CustomerMap : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> customer)
    {
        customer.ToTable("customers");
        customer.Property(c => c.Number).HasMaxLength(20);
        customer.Property(c => c.Name).HasMaxLength(Customer.MostNameLength);
        customer.Property(c => c.PaperNumber).HasMaxLength(18);
        customer.Property(c => c.Phone).HasMaxLength(20);
        customer.Ignore(c => c.MaskedName).Ignore(c => c.MaskedPhone).Ignore(c => c.MaskedPaper);
        customer.HasIndex(c => c.Number).IsUnique();
        customer.Check("closed_has_time", "(state = 'Closed') = (closed_at_utc is not null)");
    }
}
