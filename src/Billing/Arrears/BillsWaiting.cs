using OpenHall.App;

namespace OpenHall.Billing;

/// <summary>Bills for which money is on its way: the ladder does not ask for them. Modules that collect money each add one.</summary>
/// <param name="Of">Given buckets, account ids and the day: the bills that wait.</param>
public sealed record BillsWaiting(Func<HallDb, IReadOnlyCollection<short>, IReadOnlyCollection<long>, DateOnly, CancellationToken, Task<IReadOnlyCollection<BillKey>>> Of);
