using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Catalog;

/// <summary>What an order of the service is about, and so what the clerk finds first.</summary>
public enum ServiceAbout { Account, Customer, Anybody }

/// <summary>Who applies, for the papers that are wanted: each case that is true of the applicant.</summary>
public enum ApplicantCase { Person, Company, Agent, Minor }

/// <param name="Who">Wanted in these cases; empty: always.</param>
public sealed record ServicePaper(string Code, LocalText Name, bool IsNeeded, IReadOnlyList<ApplicantCase> Who)
{
    public bool IsFor(IReadOnlySet<ApplicantCase> applicant) => Who.Count == 0 || Who.Any(applicant.Contains);
}

/// <param name="Per">Field whose number the amount is multiplied by; null: once.</param>
/// <param name="If">Field and value on which it is asked for; null: always.</param>
/// <param name="At">Stage that it is asked for after; null: at acceptance.</param>
public sealed record ServiceFee(string Code, LocalText Name, Money Amount, string? Per, (string Field, string Is)? If, string? At);

/// <summary>环节: one step of the work, by people of the posts, within its time.</summary>
/// <param name="Posts">Whose work list it stands on.</param>
/// <param name="Days">Work days to do it in; 0: <paramref name="Hours"/> counts.</param>
/// <param name="Hours">Hours of work time.</param>
/// <param name="Fields">What is filled in at its end.</param>
/// <param name="Effect">Mechanism that runs at its end; null: none.</param>
/// <param name="NeedsPaid">It can't end before the order's fees are paid.</param>
/// <param name="Tell">What the customer is told when it has ended: {0} order, {1} service.</param>
public sealed record ServiceStage(
    string Code, LocalText Name, LocalText? Hint, IReadOnlyList<string> Posts, int Days, int Hours, IReadOnlyList<FormField> Fields, string? Effect, bool NeedsPaid, LocalText? Tell, PackNode Node);

/// <summary>A service as it is from a day on.</summary>
/// <param name="From">First day on which orders are taken by it; an order keeps the version it was taken by.</param>
/// <param name="Effect">Mechanism that runs at acceptance; null: none.</param>
/// <param name="Stages">None: the order is done when it is accepted.</param>
/// <param name="ValidMonths">What it brings ends after so many months; 0: never.</param>
/// <param name="NoArrears">Not taken while a bill of the account is overdue.</param>
/// <param name="Terms">Sentences above the signature on the printed form.</param>
public sealed record ServiceVersion(
    DateOnly From, IReadOnlyList<FormField> Fields, IReadOnlyList<ServicePaper> Papers, IReadOnlyList<ServiceFee> Fees, string? Effect, IReadOnlyList<ServiceStage> Stages,
    int ValidMonths, bool NoArrears, LocalText? Accepted, LocalText? Completed, LocalText? Guide, IReadOnlyList<LocalText> Terms, PackNode Node)
{
    public ServiceStage? Stage(string? code) => Stages.FirstOrDefault(s => s.Code == code);

    /// <summary>All fields, those of stages too.</summary>
    public IEnumerable<FormField> AllFields => Fields.Concat(Stages.SelectMany(s => s.Fields));

    /// <summary>Every mechanism with the place that names it and the fields known by then.</summary>
    public IEnumerable<(string Effect, PackNode At, IReadOnlyList<FormField> Known)> Effects()
    {
        if (Effect is not null) yield return (Effect, Node, Fields);
        var known = Fields.ToList();
        foreach (var stage in Stages)
        {
            known.AddRange(stage.Fields);
            if (stage.Effect is not null) yield return (stage.Effect, stage.Node, known.ToList());
        }
    }

    /// <summary>Fees asked for at a stage's end (null: at acceptance), for what was filled in.</summary>
    public IEnumerable<(ServiceFee Fee, Money Amount)> FeesAt(string? stage, IReadOnlyDictionary<string, string> data)
    {
        foreach (var fee in Fees.Where(f => f.At == stage && (f.If is not { } when || data.GetValueOrDefault(when.Field) == when.Is)))
        {
            var times = fee.Per is null ? 1 : decimal.TryParse(data.GetValueOrDefault(fee.Per), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
            var amount = Money.OfYuan(fee.Amount.Yuan * times);
            if (amount > Money.Zero) yield return (fee, amount);
        }
    }
}

/// <summary>业务: one thing a hall does for a customer, with its form, papers, fees, stages and effects, in versions by date.</summary>
/// <param name="Queue">Code of the queue service it belongs to.</param>
/// <param name="Versions">Oldest first, 1 or more.</param>
public sealed record BusinessService(string Code, LocalText Name, LocalText Hint, string Queue, ServiceAbout About, string Icon, int Order, IReadOnlyList<ServiceVersion> Versions)
{
    public ServiceVersion? On(DateOnly day) => Versions.LastOrDefault(v => v.From <= day);

    /// <summary>The version an order was taken by.</summary>
    public ServiceVersion? Of(DateOnly from) => Versions.FirstOrDefault(v => v.From == from);
}
