using OpenHall.App;

namespace OpenHall.Demo;

/// <summary>The made-up province as written in <c>Data/province.yaml</c>.</summary>
public sealed record Province(LocalText Company, LocalText City, IReadOnlyList<Province.HallPlan> Halls, IReadOnlyList<Province.Person> Staff, MadeUpPeople People,
    string CityShort, IReadOnlyDictionary<string, string> Words)
{
    /// <param name="Counters">Numbers of the counters.</param>
    public sealed record HallPlan(string Code, LocalText Name, string Address, IReadOnlyList<int> Counters);

    /// <param name="Hall">Code of the hall; null: the whole company.</param>
    public sealed record Person(string Number, string Name, IReadOnlyList<string> Posts, string? Hall);

    /// <summary>Password of every demo person. Published on purpose; demo mode refuses real databases.</summary>
    public const string Password = "Kaiting-2026";

    public static Province Read(PackErrors errors)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "demo", "province.yaml");
        var file = PackNode.Read(path, "demo/province.yaml", errors);
        return new(
            file.Local("company"), file.Local("city"),
            [.. file["halls"].Items.Select(h => new HallPlan(h.Text("code"), h.Local("name"), h.Text("address"), [.. h["counters"].Items.Select(c => c.Number())]))],
            [.. file["staff"].Items.Select(s => new Person(s.Text("number"), s.Text("name"), s.Texts("posts"), s.TextOrNull("hall")))],
            new MadeUpPeople(file.Text("surnames"), file.Text("given"), file.Texts("streets"), file.Texts("estates")),
            file.Text("city_short"), file["words"].Entries.ToDictionary(w => w.Key, w => w.Value.Text()));
    }
}
