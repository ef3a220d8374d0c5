using OpenHall.Catalog;
using OpenHall.Kernel;
using OpenHall.Payments;
using OpenHall.Reception;

namespace OpenHall.Demo;

/// <summary>One hall on one day: visitors come, take numbers, are called, pay or ask, rate and go. All by the real commands.</summary>
public sealed class HallDay(Actors actors, Agenda agenda, Random chance, MakeProvince.MadeHall hall, IReadOnlyList<SimulatedClerk> clerks, ServiceCatalog catalog, Queue<DemoBill> bills, CancellationToken ct)
{
    private static readonly (string Service, int Weight)[] Wishes = [("payment", 66), ("consult", 11), ("repair", 6), ("invoice", 6), ("transfer", 5), ("connection", 4), ("complaint", 2)];

    /// <summary>Part of the day's visitors in each half hour from 8:30: a high in the first hours, a lower one after lunch.</summary>
    private static readonly int[] HalfHours = [12, 16, 14, 9, 6, 4, 2, 2, 4, 9, 11, 9, 5, 3, 2, 1, 1];

    /// <summary>Of a hundred visitors so many come with a bus, within its minutes; of a hundred served so many fetch a paper first, or are sent on to pay.</summary>
    private const int WithBusOfHundred = 60, BusSeconds = 480, FetchOfHundred = 5, SentOnOfHundred = 12;

    /// <summary>Clerks eat one after the other.</summary>
    private static readonly TimeOnly LunchFrom = new(11, 40), LunchUntil = new(13, 20);

    private readonly HashSet<SimulatedClerk> _hasEaten = [];

    private int _waiting;

    /// <summary>Told when somebody came to complain.</summary>
    public Func<Task>? Complained { get; init; }

    /// <summary>A visitor of the queue service is at the clerk's counter with business; gives the fee to be paid for it.</summary>
    public Func<string, string, Task<DemoBill?>>? Asked { get; init; }

    /// <summary>Whoever leads the queue.</summary>
    public required string Lead { get; init; }

    public int Served { get; private set; }
    public int Paid { get; private set; }

    /// <summary>Plans the day's arrivals.</summary>
    public void Plan(int visitors)
    {
        for (var i = 0; i < visitors; i++)
        {
            var slot = Pick(HalfHours);
            agenda.At(new TimeOnly(8, 30).Add(TimeSpan.FromSeconds(slot * 1800 + chance.Next(chance.Next(100) < WithBusOfHundred ? BusSeconds : 1800))), Arrive);
        }
    }

    private async Task Arrive()
    {
        var wish = Wishes[Pick([.. Wishes.Select(w => w.Weight)])].Service;
        var visitorClass = chance.Next(100) < 12 ? "elderly" : "usual";
        await actors.AsVisitor((TakeTicket take) => take.Handle(new(Guid.CreateVersion7(), hall.KioskKey, wish, visitorClass, null), ct));
        if (wish == "complaint" && Complained is not null) await Complained();
        InLine();
    }

    /// <summary>One more waits; a clerk who sits idle sees it.</summary>
    public void InLine()
    {
        _waiting++;
        if (clerks.FirstOrDefault(c => c.IsFree) is { } free) Engage(free);
    }

    private void Engage(SimulatedClerk clerk)
    {
        clerk.IsFree = false;
        agenda.After(chance.Next(3, 12), () => Call(clerk));
    }

    private async Task Call(SimulatedClerk clerk)
    {
        CalledTicket called;
        try
        {
            called = await actors.As(clerk.Number, (CallNext call) => call.Handle(new(Guid.CreateVersion7()), ct));
        }
        catch (Refused refusal) when (refusal.Code == "queue.empty")
        {
            clerk.IsFree = true;
            return;
        }

        _waiting--;
        if (chance.Next(100) < 4) agenda.After(60, () => NobodyCame(clerk));
        else agenda.After(chance.Next(8, 30), () => Start(clerk, called));
    }

    private async Task NobodyCame(SimulatedClerk clerk)
    {
        await actors.As(clerk.Number, (MarkNoShow mark) => mark.Handle(new(Guid.CreateVersion7()), ct));
        await Next(clerk);
    }

    private async Task Start(SimulatedClerk clerk, CalledTicket called)
    {
        await actors.As(clerk.Number, (StartServing start) => start.Handle(new(Guid.CreateVersion7()), ct));
        if (chance.Next(100) < FetchOfHundred)
        {
            agenda.After(chance.Next(60, 150), () => Fetch(clerk, called));
            return;
        }

        // The catalogue's minutes are for the hands alone; people ask and look for papers.
        var usual = catalog.Find(called.Service)!.Minutes * 60 + 90;
        agenda.After((int)(usual * (0.6 + 1.2 * chance.NextDouble())), () => Serve(clerk, called));
    }

    /// <summary>A paper is missing: the number is parked, and comes back when the visitor does.</summary>
    private async Task Fetch(SimulatedClerk clerk, CalledTicket called)
    {
        await actors.As(clerk.Number, (ParkTicket park) => park.Handle(new(Guid.CreateVersion7(), "fetch_papers"), ct));
        agenda.After(chance.Next(400, 1500), async () =>
        {
            await actors.As(Lead, (ReturnTicket back) => back.Handle(new(Guid.CreateVersion7(), called.TicketId), ct));
            InLine();
        });
        await Next(clerk);
    }

    private async Task Serve(SimulatedClerk clerk, CalledTicket called)
    {
        if (called.Service == "consult" && chance.Next(100) < SentOnOfHundred)
        {
            await actors.As(clerk.Number, (TransferTicket send) => send.Handle(new(Guid.CreateVersion7(), called.TicketId, "payment", null), ct));
            InLine();
            await Next(clerk);
            return;
        }

        if (called.Service == "payment" && bills.TryDequeue(out var bill)) await Pay(clerk, called.VisitId, bill);
        if (Asked is not null && await Asked(clerk.Number, called.Service) is { } fee) await Pay(clerk, called.VisitId, fee);
        await actors.As(clerk.Number, (EndService end) => end.Handle(new(Guid.CreateVersion7()), ct));
        Served++;
        if (chance.Next(100) < 62) agenda.After(chance.Next(4, 20), () => Rate(clerk, called.VisitId));
        await Next(clerk);
    }

    private async Task Pay(SimulatedClerk clerk, Guid visitId, DemoBill bill)
    {
        // People round up: the rest goes to their balance.
        var amount = chance.Next(100) < 15 ? (bill.OwingFen / 5000 + 2) * 5000 : bill.OwingFen;
        var tender = chance.Next(100) switch
        {
            < 38 => new Tender(TenderKind.Cash, (amount / 5000 + 1) * 5000),
            < 62 => new Tender(TenderKind.WeChat, amount, Code: FormattableString.Invariant($"13{chance.NextInt64(100_000_000_000_00, 999_999_999_999_99):00000000000000}88")),
            < 84 => new Tender(TenderKind.Alipay, amount, Code: FormattableString.Invariant($"28{chance.NextInt64(100_000_000_000_00, 999_999_999_999_99):00000000000000}66")),
            _ => new Tender(TenderKind.Card, amount, Reference: FormattableString.Invariant($"{chance.Next(100000, 999999)}")),
        };
        var command = new TakePayment.Command(Guid.CreateVersion7(), bill.AccountId, [], null, amount, [tender], visitId);
        var taken = await actors.As(clerk.Number, (CollectPayment collect) => collect.Handle(command, ct));
        if (tender.Kind == TenderKind.Cash) clerk.Put(new Money(tender.GivenFen - taken.ChangeFen));
        Paid++;
    }

    private Task Rate(SimulatedClerk clerk, Guid visitId)
    {
        var stars = chance.Next(100) switch { < 74 => 5, < 92 => 4, < 97 => 3, < 99 => 2, _ => 1 };
        return actors.AsVisitor((RateVisit rate) => rate.Handle(new(Guid.CreateVersion7(), visitId, clerk.ScreenKey, stars), ct));
    }

    private async Task Next(SimulatedClerk clerk)
    {
        if (agenda.Now > LunchFrom && agenda.Now < LunchUntil && !_hasEaten.Contains(clerk) && clerks.Count(c => c.IsSeated) > 1)
        {
            await Eat(clerk);
            return;
        }

        Begin(clerk);
    }

    /// <summary>The clerk looks at the line.</summary>
    public void Begin(SimulatedClerk clerk)
    {
        if (_waiting > 0) Engage(clerk);
        else clerk.IsFree = true;
    }

    private async Task Eat(SimulatedClerk clerk)
    {
        _hasEaten.Add(clerk);
        clerk.IsSeated = false;
        await actors.As(clerk.Number, (PauseCounter pause) => pause.Handle(new(Guid.CreateVersion7(), "meal"), ct));
        agenda.After(chance.Next(1500, 2100), async () =>
        {
            await actors.As(clerk.Number, (OpenCounter open) => open.Handle(new(Guid.CreateVersion7(), clerk.CounterId), ct));
            clerk.IsSeated = true;
            Begin(clerk);
        });
    }

    private int Pick(IReadOnlyList<int> weights)
    {
        var left = chance.Next(weights.Sum());
        for (var i = 0; i < weights.Count; i++)
        {
            left -= weights[i];
            if (left < 0) return i;
        }

        return weights.Count - 1;
    }
}

/// <param name="OwingFen">Without late fee.</param>
public sealed record DemoBill(long AccountId, long OwingFen);
