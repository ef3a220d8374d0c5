using OpenHall.App;

namespace OpenHall.Duties;

/// <summary>Block: the day doesn't close without it; Warn: the day page says so.</summary>
public enum AtDayClose { Nothing, Warn, Block }

/// <summary>One line of a checklist, or a figure to be read.</summary>
/// <param name="Unit">Of a figure; null: a line that is right, faulty or not applicable.</param>
/// <param name="Least">In thousandths of the unit; outside the range a figure counts as a fault.</param>
/// <param name="IsRequest">What is missing is asked for (forms, cards), not repaired.</param>
public sealed record DutyItem(LocalText Name, LocalText? Unit = null, long? Least = null, long? Most = null, bool IsRequest = false)
{
    public const long Thousandths = 1000;

    public bool IsNumber => Unit is not null;

    public bool IsOutside(long milli) => milli < Least || milli > Most;
}

/// <summary>How it is proved. Nothing of it: one's word, with name and time.</summary>
/// <param name="Photo">At least one picture.</param>
/// <param name="File">At least one file of any kind: a report, a list.</param>
/// <param name="Spot">Code of the place whose printed code is scanned there.</param>
/// <param name="Fact">Ticked by the system when this happens (<see cref="DutyFact"/>); nobody ticks it by hand.</param>
public sealed record DutyProof(IReadOnlyList<DutyItem> Items, bool Photo = false, bool File = false, string? Spot = null, DutyFact? Fact = null);

/// <summary>岗位职责: what a post has to do, when, how it is proved and who hears when it is late; from the packs' <c>duties.yaml</c>.</summary>
/// <param name="Code">Id of the row in the list of posts and duties, with a letter where a row makes several: T01.2B.</param>
/// <param name="Post">Whose it is; <see cref="DutyPlans.AllPosts"/>: everybody's.</param>
/// <param name="Steps">What to do, one after the other.</param>
/// <param name="IsEach">Every person of the post has it, not the post once.</param>
/// <param name="Tell">Post that hears when it is late; null: nobody.</param>
/// <param name="Page">Address where it is done.</param>
/// <param name="Evidence">What is left to be looked at afterwards.</param>
public sealed record DutyPlan(string Code, string Pack, string Post, LocalText Name, IReadOnlyList<LocalText> Steps, DutyTime When, DutyProof Proof, bool IsEach, string? Tell, string Page, LocalText Evidence, AtDayClose AtClose)
{
    public bool IsScheduled => When.Kind != DutyTimeKind.Standing;
}
