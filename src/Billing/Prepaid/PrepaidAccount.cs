using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Billing;

/// <summary>How what is left stands against the account's limits.</summary>
public enum PrepaidLevel { Enough, Low, Stop }

/// <summary>Limits that are proposed for accounts that pay ahead, from <c>prepaid</c> of the packs' <c>billing.yaml</c>.</summary>
public sealed class PrepaidTerms
{
    public Money Alert { get; private set; } = new(50_00);
    public Money Stop { get; private set; }
    /// <summary>Bills from which the cost of a day is estimated.</summary>
    public int RecentBills { get; private set; } = 3;

    public static PrepaidTerms Read(Packs packs)
    {
        var terms = new PrepaidTerms();
        foreach (var file in packs.Files("billing.yaml").Where(f => f.Has("prepaid")))
        {
            var node = file["prepaid"];
            (terms.Alert, terms.Stop, terms.RecentBills) = (node.Yuan("alertYuan"), node.Yuan("stopYuan"), node.Number("recentBills", terms.RecentBills));
            if (terms.Stop < Money.Zero || terms.Alert <= terms.Stop) node.Error("alertYuan is above stopYuan, which is 0 or more");
            if (terms.RecentBills is < 1 or > 12) node.Error("recentBills is from 1 to 12");
        }

        return terms;
    }
}

/// <summary>What is left of a prepaid account on a day, from its money and its last bills. Pure.</summary>
/// <param name="DayFen">What a day costs by the last bills, rounded; 0: no bill yet.</param>
/// <param name="LeftFen">Balance less unpaid bills less what the days not billed yet will cost; below 0: owed.</param>
/// <param name="DaysLeft">Whole days that it lasts; null: the cost of a day is not known.</param>
public readonly record struct PrepaidEstimate(long DayFen, long LeftFen, int? DaysLeft)
{
    private const int MostDays = 9999;

    /// <param name="recent">Amount and days of the last bills.</param>
    /// <param name="unbilledDays">Since the last day billed.</param>
    public static PrepaidEstimate Of(Money balance, Money owing, IReadOnlyCollection<(Money Amount, int Days)> recent, int unbilledDays)
    {
        var days = recent.Sum(r => r.Days);
        var day = days == 0 ? 0 : (long)Math.Round(Math.Max(0, recent.Sum(r => r.Amount.Fen)) / (decimal)days, MidpointRounding.AwayFromZero);
        var left = balance.Fen - owing.Fen - day * Math.Max(0, unbilledDays);
        return new(day, left, day == 0 ? null : (int)Math.Clamp(left / day, 0, MostDays));
    }
}

/// <summary>预付费户: an account that pays ahead, its limits, and how it stood when it was last looked at.</summary>
public sealed class PrepaidAccount
{
    /// <summary>Largest limit, 分.</summary>
    public const long MostLimitFen = 100_000_00;

    public short Bucket { get; init; }
    public long AccountId { get; init; }
    public required string AccountNumber { get; init; }
    public required string UnitPath { get; init; }
    public long AlertFen { get; private set; }
    public long StopFen { get; private set; }
    public DateOnly Since { get; init; }
    public string SetByName { get; private set; } = "";
    public PrepaidLevel Level { get; private set; }
    public long DayFen { get; private set; }
    public long BalanceFen { get; private set; }
    public long OwingFen { get; private set; }
    public long LeftFen { get; private set; }
    public int? DaysLeft { get; private set; }
    public DateOnly? LookedOn { get; private set; }
    /// <summary>Times that a limit was crossed downwards; each was told once.</summary>
    public int Crossings { get; private set; }

    public Money Left => new(LeftFen);

    /// <exception cref="Refused">prepaid.limits_wrong</exception>
    public void Limit(Money alert, Money stop, string byName)
    {
        Refused.IfField(stop < Money.Zero || alert <= stop || alert.Fen > MostLimitFen, "Alert", "prepaid.limits_wrong", new Money(MostLimitFen));
        (AlertFen, StopFen, SetByName) = (alert.Fen, stop.Fen, byName);
    }

    /// <summary>Takes the estimate over.</summary>
    /// <returns>A limit was crossed downwards: the customer is to be told.</returns>
    public bool Look(Money balance, Money owing, PrepaidEstimate estimate, DateOnly day)
    {
        (BalanceFen, OwingFen, DayFen, LeftFen, DaysLeft, LookedOn) = (balance.Fen, owing.Fen, estimate.DayFen, estimate.LeftFen, estimate.DaysLeft, day);
        var before = Level;
        Level = LeftFen <= StopFen ? PrepaidLevel.Stop : LeftFen <= AlertFen ? PrepaidLevel.Low : PrepaidLevel.Enough;
        if (Level <= before) return false;
        Crossings++;
        return true;
    }
}

/// <summary>余额提醒: a limit was crossed and the customer was told. Never changed.</summary>
public sealed class PrepaidAlert
{
    public short Bucket { get; init; }
    public long AccountId { get; init; }
    /// <summary>From 1, of the account.</summary>
    public int Crossing { get; init; }
    public PrepaidLevel Level { get; init; }
    public DateOnly Day { get; init; }
    public long LeftFen { get; init; }
    public int? DaysLeft { get; init; }
    public DateTime AtUtc { get; init; }
}

sealed class PrepaidAccountMap : IEntityTypeConfiguration<PrepaidAccount>
{
    public void Configure(EntityTypeBuilder<PrepaidAccount> account)
    {
        account.ToTable("prepaid_accounts").AccountSide().HasKey(a => new { a.Bucket, a.AccountId });
        account.Ignore(a => a.Left);
        account.Property(a => a.AccountNumber).HasMaxLength(20);
        account.Property(a => a.UnitPath).HasMaxLength(200);
        account.Property(a => a.SetByName).HasMaxLength(60);
        account.HasIndex(a => new { a.Level, a.LeftFen });
        account.Check("bucket_of_account", "bucket = account_id % 1024");
        account.Check("limits", "stop_fen >= 0 and alert_fen > stop_fen");
    }
}

sealed class PrepaidAlertMap : IEntityTypeConfiguration<PrepaidAlert>
{
    public void Configure(EntityTypeBuilder<PrepaidAlert> alert)
    {
        // The key is the second lock against telling a crossing twice.
        alert.ToTable("prepaid_alerts").AccountSide().InsertOnly().HasKey(a => new { a.Bucket, a.AccountId, a.Crossing });
        alert.Check("bucket_of_account", "bucket = account_id % 1024");
        alert.Check("crossing", "crossing > 0 and level <> 'Enough'");
    }
}
