using OpenHall.App;
using OpenHall.Kernel;
using OpenHall.Payments;

namespace OpenHall.Demo;

/// <summary>A clerk of the simulation: her counter, her drawer, and the book she writes receipts in.</summary>
public sealed class SimulatedClerk(StaffUser user, Guid counterId, string screenKey)
{
    /// <summary>The float every drawer starts with: pieces by their worth in 分; 500 元.</summary>
    private static readonly Dictionary<int, int> Float = new() { [5000] = 4, [2000] = 5, [1000] = 10, [500] = 10, [100] = 40, [50] = 10, [10] = 50 };

    /// <summary>What each clerk begins with, 分.</summary>
    public static long FloatFen => Float.Sum(p => (long)p.Key * p.Value);

    private static readonly int[] Worths = [10000, 5000, 2000, 1000, 500, 100, 50, 10];

    public StaffUser User { get; } = user;
    public string Number => User.UserName!;
    public Guid CounterId { get; } = counterId;
    public string ScreenKey { get; } = screenKey;
    public Guid TillId { get; private set; }
    public bool IsFree { get; set; }
    /// <summary>At the open counter, not at lunch.</summary>
    public bool IsSeated { get; set; }
    private long CashFen { get; set; }

    public async Task StartShift(Actors actors, CancellationToken ct)
    {
        await actors.As(Number, (Reception.OpenCounter open) => open.Handle(new(Guid.CreateVersion7(), CounterId), ct));
        var book = await actors.Read(db => ReceiptBooksOf.NextFor(db, User.Id, ct), ct);
        TillId = (await actors.As(Number, (OpenTill open) => open.Handle(new(Guid.CreateVersion7(), Float, book.Id, book.Next), ct))).TillSessionId;
        CashFen = Float.Sum(p => (long)p.Key * p.Value);
        IsSeated = true;
    }

    public void Put(Money cash) => CashFen += cash.Fen;

    /// <summary>Counts the drawer and goes home. Now and then somebody has given a coin too much or too little.</summary>
    public async Task EndShift(Actors actors, int slipFen, CancellationToken ct)
    {
        var rest = CashFen + slipFen;
        var pieces = new Dictionary<int, int>();
        foreach (var worth in Worths)
        {
            pieces[worth] = (int)(rest / worth);
            rest %= worth;
        }

        await actors.As(Number, (CloseTill close) => close.Handle(new(Guid.CreateVersion7(), TillId, pieces), ct));
        await actors.As(Number, (Reception.CloseCounter close) => close.Handle(new(Guid.CreateVersion7(), CounterId), ct));
        IsFree = IsSeated = false;
    }
}
