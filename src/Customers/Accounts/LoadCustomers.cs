using System.Text.Json.Serialization;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>An account as another system had it. What is written here was checked there: only the database's own limits hold it.</summary>
/// <param name="AccountNumber">Number brought along; null: made from the id.</param>
/// <param name="FirstReadingWh">Register on <paramref name="OpenedOn"/>, Wh.</param>
public sealed record LoadedAccount(
    CustomerKind Kind, string Name, string? PaperNumber, string Phone, string? AccountNumber, string UnitPath, SupplyPointFields SupplyPoint, DateOnly OpenedOn, long FirstReadingWh);

/// <summary>Many accounts were taken over at once; their ids run on from the first, in the order of the rows.</summary>
public sealed record AccountsLoaded(long FirstAccountId, int Count)
{
    [JsonIgnore]
    public IReadOnlyList<LoadedAccount> Rows { get; init; } = [];
}

/// <summary>Takes over accounts from another system, a batch in one transaction, through the bulk seam: a million in minutes.</summary>
public sealed class LoadCustomers(Work work, TimeProvider clock)
{
    /// <summary>Accounts in one batch; more are sent as several.</summary>
    public const int MostInBatch = 50_000;

    /// <param name="Batch">Name of the batch, so that each is taken over once.</param>
    [Needs("customers.load")]
    public sealed record Command(Guid RequestId, string Batch, int Count) : ICommand;

    /// <returns>Id of the batch's first account.</returns>
    /// <exception cref="Refused">load.batch_too_large; request.changed_meanwhile (a number or meter is there already)</exception>
    public Task<long> Handle(Command c, IReadOnlyList<LoadedAccount> rows, CancellationToken ct = default) => work.Once(c, async db =>
    {
        Refused.If(rows.Count > MostInBatch || rows.Count != c.Count, "load.batch_too_large", MostInBatch);
        var first = await CustomerCounter.Take(db, CustomerCounter.Accounts, rows.Count, ct);
        var firstNumber = await CustomerCounter.Take(db, CustomerCounter.CustomerNumbers, rows.Count, ct);
        await db.SaveChangesAsync(ct);
        var at = clock.GetUtcNow().UtcDateTime;
        var customers = new List<Customer>(rows.Count);
        var accounts = new List<BillingAccount>(rows.Count);
        var points = new List<SupplyPoint>(rows.Count);
        var terms = new List<SearchTerm>(rows.Count * 10);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var opened = row.OpenedOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            customers.Add(new()
            {
                Number = CustomerNumber.Of(firstNumber + i), Kind = row.Kind, Name = row.Name, PaperNumber = row.PaperNumber, Phone = row.Phone,
                HasConsented = true, ConsentedAtUtc = opened, OpenedAtUtc = opened,
            });
            accounts.Add(BillingAccount.Open(first + i, row.AccountNumber ?? AccountNumber.Of(first + i), customers[i].Id, row.UnitPath, opened));
            var place = row.SupplyPoint;
            points.Add(SupplyPoint.At(first + i, place.MeterNumber!, place.Address!, place.TariffCode!));
            ChangeSupplyPoint.Put(points[i], place);
            points[i].BeganOn = row.OpenedOn.AddDays(1);
            terms.AddRange(SearchTerms.RowsOf(accounts[i], customers[i], points[i]));
        }

        await db.InsertMany(customers, ct);
        await db.InsertMany(accounts, ct);
        await db.InsertMany(points, ct);
        // In the order of the index: neighbours are written together.
        terms.Sort((a, b) => a.Term.AsSpan().SequenceCompareTo(b.Term));
        await db.InsertMany(terms, ct);
        db.Subject = c.Batch;
        db.Raise(new AccountsLoaded(first, rows.Count) { Rows = rows });
        return first;
    }, ct);
}
