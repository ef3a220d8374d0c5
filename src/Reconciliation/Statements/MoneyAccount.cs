using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Halls;
using OpenHall.Kernel;

namespace OpenHall.Reconciliation;

/// <summary>资金账户: an account of the company at a bank or channel, whose statements are compared with the books.</summary>
public sealed class MoneyAccount
{
    public const int MaxName = 60;
    public const int MaxNumber = 40;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required string Name { get; init; }
    public MoneyAccountKind Kind { get; init; }
    /// <summary>Account or merchant number.</summary>
    public required string Number { get; init; }
    /// <summary>Only this hall's money goes there; null: the whole company's.</summary>
    public Guid? HallId { get; init; }
    public DateTime AddedAtUtc { get; init; }
}

/// <summary>Registers an account at a bank or channel.</summary>
public sealed class AddMoneyAccount(Work work, Current current)
{
    [Needs("bank.accounts")]
    public sealed record Command(Guid RequestId, string Name, MoneyAccountKind Kind, string Number, Guid? HallId) : ICommand;

    /// <exception cref="Refused">money_account.name_missing; money_account.number_invalid; money_account.there; hall.not_found; hall.out_of_reach</exception>
    public Task<Guid> Handle(Command c, CancellationToken ct = default) => work.Once(c, async db =>
    {
        var (name, number) = ((c.Name ?? "").Trim(), CellText.Clean(c.Number).Replace(" ", "", StringComparison.Ordinal));
        Refused.IfField(name.Length is 0 or > MoneyAccount.MaxName, "Name", "money_account.name_missing", MoneyAccount.MaxName);
        Refused.IfField(number.Length is < 4 or > MoneyAccount.MaxNumber || number.Any(n => !char.IsAsciiLetterOrDigit(n) && n is not ('-' or '@' or '.' or '_')), "Number", "money_account.number_invalid");
        if (c.HallId is { } hall) await db.HallInReach(current, hall, ct);
        Refused.IfField(await db.MoneyAccounts.AnyAsync(a => a.Number == number, ct), "Number", "money_account.there");
        var account = new MoneyAccount { Name = name, Kind = c.Kind, Number = number, HallId = c.HallId, AddedAtUtc = db.AtUtc };
        db.Add(account);
        db.Subject = number;
        return account.Id;
    }, ct);
}

static class MoneyAccountsInReach
{
    /// <summary>Accounts of the halls within reach, and the company's own.</summary>
    public static IQueryable<MoneyAccount> AccountsOf(this HallDb db, Current current)
    {
        var halls = db.HallsInReach(current);
        return db.MoneyAccounts.Where(a => a.HallId == null || halls.Any(h => h.Id == a.HallId));
    }
}

sealed class MoneyAccountMap : IEntityTypeConfiguration<MoneyAccount>
{
    public void Configure(EntityTypeBuilder<MoneyAccount> account)
    {
        account.ToTable("money_accounts");
        account.Property(a => a.Name).HasMaxLength(MoneyAccount.MaxName);
        account.Property(a => a.Number).HasMaxLength(MoneyAccount.MaxNumber);
        account.HasIndex(a => a.Number).IsUnique();
        account.HasOne<Hall>().WithMany().HasForeignKey(a => a.HallId);
    }
}
