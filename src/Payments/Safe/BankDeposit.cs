using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Payments;

/// <summary>Prepared: counted and packed. Signed: another person counted too. Carried: out of the house. Slipped: the bank's slip is back. Cancelled: back in the safe.</summary>
public enum DepositState { Prepared, Signed, Carried, Slipped, Cancelled }

public enum DepositAction { Sign, Carry, Slip, Cancel }

/// <summary>缴款单: takings of many tills to the bank on one slip, signed by two, escorted or fetched by the security firm.</summary>
public sealed class BankDeposit
{
    public const int MaxWords = 60;

    private BankDeposit() { }

    public BankDeposit(Guid hallId, BusinessDate date, string number, Money amount, string ofClerks, Current by, DateTime atUtc) =>
        (HallId, BusinessDate, Number, AmountFen, OfClerks, PreparedBy, PreparedByName, PreparedAtUtc) = (hallId, date, number, amount.Fen, ofClerks, by.UserId!.Value, by.Name, atUtc);

    /// <summary>Every move there is; what is not in it is refused.</summary>
    public static readonly IReadOnlyList<(DepositState From, DepositAction Action, DepositState To)> Moves =
    [
        (DepositState.Prepared, DepositAction.Sign, DepositState.Signed),
        (DepositState.Prepared, DepositAction.Cancel, DepositState.Cancelled),
        (DepositState.Signed, DepositAction.Cancel, DepositState.Cancelled),
        (DepositState.Signed, DepositAction.Carry, DepositState.Carried),
        (DepositState.Carried, DepositAction.Slip, DepositState.Slipped),
    ];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid HallId { get; private init; }
    public BusinessDate BusinessDate { get; private init; }
    public string Number { get; private init; } = "";
    public long AmountFen { get; private init; }
    /// <summary>Whose takings it is of.</summary>
    public string OfClerks { get; private init; } = "";
    public DepositState State { get; private set; }
    public Guid PreparedBy { get; private init; }
    public string PreparedByName { get; private init; } = "";
    public DateTime PreparedAtUtc { get; private init; }
    public string? SignedByName { get; private set; }
    /// <summary>Who carried it: own people, or the security firm's.</summary>
    public string? CarriedByName { get; private set; }
    /// <summary>The guard who went along or saw it off.</summary>
    public string? EscortName { get; private set; }
    public string? SealNumber { get; private set; }
    public DateTime? CarriedAtUtc { get; private set; }
    public BusinessDate? CarriedOn { get; private set; }
    public string? SlipNumber { get; private set; }
    public DateOnly? SlipDay { get; private set; }
    public string? CancelReason { get; private set; }

    public Money Amount => new(AmountFen);

    /// <exception cref="Refused">deposit.move_not_allowed; deposit.same_person</exception>
    public void Sign(Current by)
    {
        Refused.If(by.UserId == PreparedBy, "deposit.same_person");
        Move(DepositAction.Sign);
        SignedByName = by.Name;
    }

    /// <exception cref="Refused">deposit.move_not_allowed</exception>
    public void Carry(string carrier, string seal, string escort, BusinessDate on, DateTime atUtc)
    {
        Move(DepositAction.Carry);
        (CarriedByName, SealNumber, EscortName, CarriedOn, CarriedAtUtc) = (carrier, seal, escort, on, atUtc);
    }

    /// <exception cref="Refused">deposit.move_not_allowed</exception>
    public void Slip(string number, DateOnly day)
    {
        Move(DepositAction.Slip);
        (SlipNumber, SlipDay) = (number, day);
    }

    /// <exception cref="Refused">deposit.move_not_allowed</exception>
    public void Cancel(string reason)
    {
        Move(DepositAction.Cancel);
        CancelReason = reason;
    }

    private void Move(DepositAction action) =>
        State = Moves.Where(m => m.From == State && m.Action == action).Select(m => (DepositState?)m.To).SingleOrDefault() ?? throw new Refused("deposit.move_not_allowed", Number);
}

sealed class BankDepositMap : IEntityTypeConfiguration<BankDeposit>
{
    public void Configure(EntityTypeBuilder<BankDeposit> deposit)
    {
        deposit.ToTable("bank_deposits");
        deposit.Property(d => d.Number).HasMaxLength(20);
        deposit.Property(d => d.OfClerks).HasMaxLength(400);
        foreach (var name in new[] { nameof(BankDeposit.PreparedByName), nameof(BankDeposit.SignedByName), nameof(BankDeposit.CarriedByName), nameof(BankDeposit.EscortName), nameof(BankDeposit.SealNumber), nameof(BankDeposit.SlipNumber) })
            deposit.Property(name).HasMaxLength(BankDeposit.MaxWords);
        deposit.Property(d => d.CancelReason).HasMaxLength(200);
        deposit.Ignore(d => d.Amount);
        deposit.HasIndex(d => new { d.HallId, d.Number }).IsUnique();
        deposit.HasIndex(d => new { d.HallId, d.State });
        deposit.HasOne<Hall>().WithMany().HasForeignKey(d => d.HallId);
        deposit.Check("amount", "amount_fen > 0");
        deposit.Check("steps", "(state in ('Prepared', 'Cancelled') or signed_by_name is not null) and (state in ('Carried', 'Slipped')) = (carried_on is not null) and (state = 'Slipped') = (slip_number is not null) and (state = 'Cancelled') = (cancel_reason is not null)");
    }
}
