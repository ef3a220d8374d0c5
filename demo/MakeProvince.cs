using Microsoft.EntityFrameworkCore;
using OpenHall.App;
using OpenHall.Billing;
using OpenHall.Customers;
using OpenHall.Halls;
using OpenHall.People;

namespace OpenHall.Demo;

/// <summary>Sets the made-up province up by the same commands an administrator would use.</summary>
public sealed class MakeProvince(Province province, Actors actors, Random chance)
{
    /// <summary>The published residential tariffs that the demo's accounts are billed by.</summary>
    private static readonly string[] TariffCodes = ["power.beijing.resident", "power.shanghai.resident", "power.guangdong.resident", "power.zhejiang.resident"];

    /// <summary>Unit of all accounts.</summary>
    public const string CityPath = "/yj/wj/";

    /// <param name="Code">Code of the hall.</param>
    public sealed record MadeHall(string Code, Guid Id, string Path, IReadOnlyList<(Guid Id, int Number, string ScreenKey)> Counters, string KioskKey);

    public async Task<IReadOnlyList<MadeHall>> Halls(CancellationToken ct)
    {
        var company = await actors.AsInstaller((AddUnit add) => add.Handle(new(Guid.CreateVersion7(), null, OrgUnitKind.Province, "yj", province.Company.Zh, province.Company.En), ct));
        var city = await actors.AsInstaller((AddUnit add) => add.Handle(new(Guid.CreateVersion7(), company, OrgUnitKind.City, "wj", province.City.Zh, province.City.En), ct));
        var halls = new List<MadeHall>();
        foreach (var plan in province.Halls) halls.Add(await Hall(city, plan, ct));
        return halls;
    }

    private async Task<MadeHall> Hall(Guid city, Province.HallPlan plan, CancellationToken ct)
    {
        var id = await actors.AsInstaller((AddHall add) => add.Handle(
            new(Guid.CreateVersion7(), city, plan.Code, plan.Name.Zh, plan.Name.En, plan.Address, "0999-95598", "08:30-17:30", "1234567"), ct));
        await Device(id, DeviceKind.Kiosk, province.Words["kiosk"], null, ct);
        await Device(id, DeviceKind.Board, province.Words["board"], null, ct);
        foreach (var number in plan.Counters)
        {
            var counter = await actors.AsInstaller((AddCounter add) => add.Handle(new(Guid.CreateVersion7(), id, number, province.Words["counter"], []), ct));
            await Device(id, DeviceKind.SecondScreen, string.Format(System.Globalization.CultureInfo.InvariantCulture, province.Words["screen"], number), counter, ct);
        }

        return await Find(plan.Code, ct);
    }

    /// <summary>A hall made earlier, with the keys of its devices.</summary>
    public async Task<MadeHall> Find(string code, CancellationToken ct) => await actors.Read(async db =>
    {
        var hall = db.Halls.AsEnumerable().Single(h => h.Path.EndsWith($"/{code}/", StringComparison.Ordinal));
        var devices = db.Devices.Where(d => d.HallId == hall.Id).ToList();
        var counters = db.Counters.Where(c => c.HallId == hall.Id).OrderBy(c => c.Number).ToList();
        return await Task.FromResult(new MadeHall(code, hall.Id, hall.Path,
            [.. counters.Select(c => (c.Id, c.Number, devices.Single(d => d.CounterId == c.Id).Key))], devices.Single(d => d.Kind == DeviceKind.Kiosk).Key));
    }, ct);

    private Task<Guid> Device(Guid hall, DeviceKind kind, string name, Guid? counter, CancellationToken ct) =>
        actors.AsInstaller((AddDevice add) => add.Handle(new(Guid.CreateVersion7(), hall, kind, name, counter), ct));

    public async Task Staff(IReadOnlyList<MadeHall> halls, CancellationToken ct)
    {
        foreach (var person in province.Staff)
        {
            var hall = halls.SingleOrDefault(h => h.Code == person.Hall);
            // People of a hall work in their hall, and serve whoever of the city comes.
            var isWide = hall is null || person.Posts.Contains("billing");
            await actors.AsInstaller((CreateStaff create) => create.Handle(new(Guid.CreateVersion7(), person.Number, person.Name, person.Posts, hall?.Id,
                hall?.Path ?? "/", isWide ? DataScope.All : DataScope.Chosen, isWide ? null : [CityPath], Province.Password), ct));
        }

        await actors.Know(ct);
    }

    /// <summary>Accounts of both halls with their meters, taken over in one batch as from the company's old system.</summary>
    public async Task Accounts(int count, DateOnly openedOn, CancellationToken ct)
    {
        var rows = Enumerable.Range(1, count).Select(i => Account(i, openedOn)).ToList();
        rows.AddRange(Commercial.Select((c, n) => Company(c.Name, c.Tariff, c.Kva, c.Multiplier, count + n + 1, openedOn)));
        await actors.AsInstaller((LoadCustomers load) => load.Handle(new(Guid.CreateVersion7(), "demo", rows.Count), rows, ct));
    }

    /// <summary>A reading route for each street, walked by the meter readers in turn; the last street is on none yet.</summary>
    public async Task Routes(CancellationToken ct)
    {
        const string Office = "1401";
        var cycle = await actors.As(Office, (SaveCycle save) => save.Handle(new(Guid.CreateVersion7(), null, "M31", province.Words["cycle"], CycleMonths.Every, 31), ct));
        var readers = province.Staff.Where(s => s.Posts.Contains("meter_reader")).Select(s => s.Number).ToList();
        foreach (var (street, n) in province.People.Streets.SkipLast(1).Select((s, i) => (s, i + 1)))
        {
            // A small demo has nobody in some streets.
            var begins = province.CityShort + street;
            if (!await actors.Read(db => db.SupplyPoints.AnyAsync(p => p.Address.StartsWith(begins), ct), ct)) continue;
            var route = await actors.As(Office, (SaveRoute save) => save.Handle(new(Guid.CreateVersion7(), null, FormattableString.Invariant($"WJ{n:00}"), street, CityPath, cycle, readers[n % readers.Count]), ct));
            await actors.As(Office, (ChangeStops change) => change.Handle(new ChangeStops.AddStops(Guid.CreateVersion7(), route, null, begins, null), ct));
        }
    }

    /// <summary>Companies with one price (single part) and with a basic charge by capacity (two parts).</summary>
    private static readonly (string Name, string Tariff, int? Kva, int Multiplier)[] Commercial =
    [
        ("望江豆制品厂", "power.shanghai.two-part", 200, 20), ("青石机械加工厂", "power.shanghai.two-part", 400, 40), ("望江冷链物流中心", "power.shanghai.two-part", 630, 60),
        ("临江百货商场", "power.beijing.commercial", 160, 10), ("湖心路宾馆", "power.beijing.commercial", null, 1), ("望江机械学校", "power.shaanxi.commercial", null, 1),
    ];

    private LoadedAccount Company(string name, string tariff, int? kva, int multiplier, int number, DateOnly openedOn) =>
        new(CustomerKind.Organisation, name, null, MadeUpPeople.Phone(number), null, CityPath,
            new(FormattableString.Invariant($"GS{7400000 + number * 7:00000000}"), 6, multiplier, province.People.Address(new Random(number), province.CityShort), tariff, kva > 160 ? Voltage.Kv10 : Voltage.V380, 0, null, IsCombinedMeter: false, ChoosesCombinedPrice: false, kva),
            openedOn, 0);

    private LoadedAccount Account(int number, DateOnly openedOn)
    {
        var tariff = TariffCodes[chance.Next(100) switch { < 40 => 0, < 60 => 2, < 80 => 1, _ => 3 }];
        var persons = (short)(chance.Next(100) switch { < 6 => 6, < 10 => 5, _ => 0 });
        return new(CustomerKind.Person, province.People.Name(chance), null, MadeUpPeople.Phone(number), null, CityPath,
            new(FormattableString.Invariant($"YJ{2400000 + number * 7:00000000}"), 6, 1, province.People.Address(chance, province.CityShort), tariff, Voltage.V220,
                persons, tariff == TariffCodes[0] && chance.Next(100) < 3 ? "low-income" : null, IsCombinedMeter: false, ChoosesCombinedPrice: false),
            openedOn, chance.Next(200, 60_000) * 1000L);
    }
}
