namespace OpenHall.App;

/// <summary>One promise of the rule book, looked at on live data by <c>openhall verify</c>. Every module brings its own; they are
/// found by this interface. A check reads only, and walks large tables without holding them in memory.</summary>
public interface IVerifyCheck
{
    /// <summary>Short name, <c>noun.promise</c>: audit.chain.</summary>
    string Name { get; }

    /// <summary>What is wrong; nothing when the promise is kept.</summary>
    IAsyncEnumerable<Finding> Look(HallDb db, CancellationToken ct);
}

/// <param name="Row">Where: table and key of the offending row.</param>
/// <param name="Problem">What is wrong with it, with both figures where figures differ.</param>
public sealed record Finding(string Row, string Problem);

/// <summary>What a run of one check came to.</summary>
/// <param name="Findings">The first <see cref="Verification.ShownPerCheck"/>.</param>
/// <param name="Count">All of them.</param>
public sealed record CheckResult(string Name, IReadOnlyList<Finding> Findings, long Count, TimeSpan Took)
{
    public bool IsClean => Count == 0;
}
