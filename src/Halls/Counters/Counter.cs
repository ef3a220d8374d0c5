using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Halls;

public enum CounterState { Closed, Open, Paused }

/// <summary>柜台 (窗口): a place where a clerk serves. Who sits there since when is its state; each state leaves a <see cref="CounterPeriod"/>.</summary>
public sealed class Counter
{
    private Counter() { }

    /// <summary>As it stands in the bar and on receipts: customers know the number; a name that has it already says enough.</summary>
    public static string LabelOf(int number, string name)
    {
        var written = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name.Contains(written, StringComparison.Ordinal) ? name : $"{written} · {name}";
    }

    /// <exception cref="Refused">counter.number_invalid; counter.name_missing</exception>
    public Counter(Guid hallId, int number, string name, IEnumerable<string> services)
    {
        (Id, HallId) = (Guid.CreateVersion7(), hallId);
        Change(number, name, services);
    }

    public Guid Id { get; private init; }
    public Guid HallId { get; private init; }
    public int Number { get; private set; }
    public string Name { get; private set; } = "";
    /// <summary>Codes of the queue services it serves, separated by blanks; <c>code:2</c> puts a service before others at this counter; empty: all.</summary>
    public string Services { get; private set; } = "";
    public CounterState State { get; private set; }
    public Guid? ClerkId { get; private set; }
    public string? ClerkName { get; private set; }
    public string? ClerkNumber { get; private set; }
    /// <summary>Why it is paused.</summary>
    public string? Reason { get; private set; }
    public DateTime? SinceUtc { get; private set; }
    public bool IsRetired { get; private set; }
    /// <summary>Calls in a row that went past somebody who came earlier; the fairness cap counts them.</summary>
    public int OutOfTurnCalls { get; private set; }

    /// <summary>As they are kept: code, or code and its own priority here.</summary>
    public IReadOnlyList<string> ServiceEntries => Services.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ServiceCodes => [.. ServiceEntries.Select(CodeOf)];

    /// <summary>What this counter adds to the priority of tickets of the service, 0–9.</summary>
    public int BonusFor(string serviceCode) =>
        ServiceEntries.FirstOrDefault(e => CodeOf(e) == serviceCode)?.Split(':') is [_, var bonus] ? int.Parse(bonus, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public bool Serves(string serviceCode) => Services.Length == 0 || ServiceCodes.Contains(serviceCode);

    public void Change(int number, string name, IEnumerable<string> services)
    {
        Refused.IfField(number is < 1 or > 99, "number", "counter.number_invalid");
        Refused.IfField(string.IsNullOrWhiteSpace(name), "name", "counter.name_missing");
        (Number, Name) = (number, name.Trim());
        Serve(services);
    }

    /// <summary>服务方案: what it serves from now on, each service with its own priority here.</summary>
    /// <exception cref="Refused">counter.services_invalid</exception>
    public void Serve(IEnumerable<string> services)
    {
        var entries = services.Where(s => s.Length > 0).Select(s => s.Split(':')).ToList();
        Refused.IfField(entries.Exists(e => e is not [_] && e is not [_, [>= '0' and <= '9']]) || entries.DistinctBy(e => e[0]).Count() != entries.Count, "services", "counter.services_invalid", Number);
        Services = string.Join(' ', entries.Select(e => e is [_, not "0"] ? $"{e[0]}:{e[1]}" : e[0]).Order(StringComparer.Ordinal));
    }

    private static string CodeOf(string entry) => entry.Split(':')[0];

    /// <exception cref="Refused">counter.in_use</exception>
    public void Retire(bool retired)
    {
        Refused.If(State != CounterState.Closed, "counter.in_use", Number, ClerkName!);
        IsRetired = retired;
    }

    /// <summary>The clerk sits down.</summary>
    /// <exception cref="Refused">counter.in_use; counter.retired; counter.open_already</exception>
    public void Open(Guid clerkId, string clerkName, string clerkNumber, DateTime atUtc)
    {
        Refused.If(IsRetired, "counter.retired", Number);
        Refused.If(State != CounterState.Closed && ClerkId != clerkId, "counter.in_use", Number, ClerkName!);
        Refused.If(State == CounterState.Open, "counter.open_already", Number);
        (State, ClerkId, ClerkName, ClerkNumber, Reason, SinceUtc) = (CounterState.Open, clerkId, clerkName, clerkNumber, null, atUtc);
    }

    /// <exception cref="Refused">counter.not_open</exception>
    public void Pause(string reason, DateTime atUtc)
    {
        Refused.If(State != CounterState.Open, "counter.not_open", Number);
        (State, Reason, SinceUtc) = (CounterState.Paused, reason, atUtc);
    }

    /// <param name="outOfTurn">Somebody who came earlier was waiting for this counter.</param>
    public void HasCalled(bool outOfTurn) => OutOfTurnCalls = outOfTurn ? OutOfTurnCalls + 1 : 0;

    public void Close() => (State, ClerkId, ClerkName, ClerkNumber, Reason, SinceUtc) = (CounterState.Closed, null, null, null, null, null);
}

/// <summary>One stretch of a counter's day: who, in which state, why, from when until when (null: still).</summary>
public sealed class CounterPeriod
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid HallId { get; init; }
    public Guid CounterId { get; init; }
    public BusinessDate Date { get; init; }
    public CounterState State { get; init; }
    public Guid ClerkId { get; init; }
    public required string ClerkName { get; init; }
    public string? Reason { get; init; }
    public DateTime FromUtc { get; init; }
    public DateTime? UntilUtc { get; private set; }

    public void End(DateTime atUtc) => UntilUtc = atUtc;
}

sealed class CounterMap : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> counter)
    {
        counter.ToTable("counters");
        counter.Property(c => c.Name).HasMaxLength(30);
        counter.Property(c => c.Services).HasMaxLength(600);
        counter.Property(c => c.ClerkName).HasMaxLength(60);
        counter.Property(c => c.ClerkNumber).HasMaxLength(20);
        counter.Property(c => c.Reason).HasMaxLength(60);
        counter.Ignore(c => c.ServiceCodes).Ignore(c => c.ServiceEntries);
        counter.HasIndex(c => new { c.HallId, c.Number }).IsUnique();
        // A clerk sits at one counter.
        counter.HasIndex(c => c.ClerkId).IsUnique();
        counter.HasOne<Hall>().WithMany().HasForeignKey(c => c.HallId);
        counter.Check("number", "number between 1 and 99");
        counter.Check("clerk", "(state = 'Closed') = (clerk_id is null)");
    }
}

sealed class CounterPeriodMap : IEntityTypeConfiguration<CounterPeriod>
{
    public void Configure(EntityTypeBuilder<CounterPeriod> period)
    {
        period.ToTable("counter_periods");
        period.Property(p => p.ClerkName).HasMaxLength(60);
        period.Property(p => p.Reason).HasMaxLength(60);
        period.HasIndex(p => new { p.CounterId, p.FromUtc });
        period.HasIndex(p => new { p.HallId, p.Date });
        period.HasOne<Counter>().WithMany().HasForeignKey(p => p.CounterId);
        period.Check("until", "until_utc is null or until_utc >= from_utc");
    }
}
