using OpenHall.App;

namespace OpenHall.Catalog;

/// <summary>The packs' <c>services.yaml</c>: queue services, service types, visitor classes and reasons. Read and checked at start.</summary>
public sealed class ServiceCatalog
{
    private const int MaxCode = 20;

    private readonly Dictionary<string, QueueService> _services = [];
    private readonly Dictionary<string, ServiceType> _types = [];
    private readonly Dictionary<string, VisitorClass> _classes = [];

    private ServiceCatalog() { }

    /// <summary>In the order of the kiosk.</summary>
    public IReadOnlyList<QueueService> Services { get; private set; } = [];
    public IReadOnlyList<ServiceType> Types => [.. _types.Values];
    public IReadOnlyList<VisitorClass> Classes { get; private set; } = [];
    public IReadOnlyList<Reason> PauseReasons { get; private set; } = [];
    public IReadOnlyList<Reason> CancelReasons { get; private set; } = [];
    public IReadOnlyList<ParkReason> ParkReasons { get; private set; } = [];
    public IReadOnlyList<RatingReason> RatingReasons { get; private set; } = [];
    public QueueRules Rules { get; private set; } = new(3, 2, 6, 60, 3);

    public AppointmentRules Appointments { get; private set; } = new(30, 14, 2, 30, 15, 3, 30, 20, "usual", "usual");

    public QueueService? Find(string code) => _services.GetValueOrDefault(code);

    public ServiceType? FindType(string code) => _types.GetValueOrDefault(code);

    /// <summary>绿色通道: the class that somebody of that age is given by an ID card; null: none.</summary>
    public VisitorClass? ClassOfAge(int years) => Classes.Where(c => c.FromAge > 0 && years >= c.FromAge).MaxBy(c => c.Priority);

    public VisitorClass? FindClass(string code) => _classes.GetValueOrDefault(code);

    /// <summary>The name to show, also of a service that the packs no longer have.</summary>
    public string NameOf(string code) => Find(code)?.Name.ToString() ?? code;

    /// <summary>Reads all packs; a letter used twice, an unknown post or queue service, a number out of range are errors with file and line.</summary>
    public static ServiceCatalog Read(Packs packs)
    {
        var catalog = new ServiceCatalog();
        var files = packs.Files("services.yaml").ToList();
        foreach (var file in files)
        {
            foreach (var (code, node) in file.Optional("queue_services").Entries) catalog.AddService(code, node, packs);
            foreach (var (code, node) in file.Optional("visitor_classes").Entries) catalog.AddClass(code, node);
        }

        foreach (var file in files)
        {
            foreach (var (code, node) in file.Optional("service_types").Entries) catalog.AddType(code, node);
            if (file.Has("queue")) catalog.Rules = RulesOf(file.Optional("queue"));
            if (file.Has("appointments")) catalog.Appointments = catalog.AppointmentsOf(file.Optional("appointments"));
            catalog.PauseReasons = [.. catalog.PauseReasons, .. Reasons(file, "pause_reasons")];
            catalog.CancelReasons = [.. catalog.CancelReasons, .. Reasons(file, "cancel_reasons")];
            catalog.ParkReasons = [.. catalog.ParkReasons, .. file.Optional("park_reasons").Entries.Select(ParkReasonOf)];
            catalog.RatingReasons =
            [
                .. catalog.RatingReasons,
                .. file.Optional("rating_reasons").Entries.Select(e => new RatingReason(e.Value.Code(e.Key, MaxCode), e.Value.Local("name"), Within(e.Value, "from", 1, 1, 5), Within(e.Value, "to", 5, 1, 5))),
            ];
        }

        catalog.Services = [.. catalog._services.Values.OrderBy(s => s.Order).ThenBy(s => s.Letter)];
        catalog.Classes = [.. catalog._classes.Values.OrderBy(c => c.Order)];
        if (catalog._classes.Count == 0 && files.Count > 0) files[0].Error("visitor_classes: at least one is wanted");
        return catalog;
    }

    private void AddService(string code, PackNode node, Packs packs)
    {
        var letter = node.Text("letter");
        if (letter is not [>= 'A' and <= 'Z']) node["letter"].Error("letter: one of A–Z is wanted");
        else if (_services.Values.FirstOrDefault(s => s.Letter == letter[0]) is { } other) node["letter"].Error($"letter '{letter}' belongs to '{other.Code}' already");
        var posts = node.Texts("posts");
        foreach (var post in posts.Where(p => !packs.Posts.ContainsKey(p))) node["posts"].Error($"post '{post}' is in no posts.yaml");
        var service = new QueueService(node.Code(code, MaxCode), node.Local("name"), node.Local("hint"), letter is [var l] ? l : '?', Within(node, "minutes", 5, 1, 240),
            Within(node, "priority", 0, 0, 9), Within(node, "daily_limit", 0, 0, 999), node.Word("asks", AskedNumber.None), node.TextOrNull("icon") ?? "dot", posts, node.Number("order", 100))
        { Appointments = Within(node, "appointments", 0, 0, 99) };
        if (!_services.TryAdd(code, service)) node.Error($"queue service '{code}' is there twice");
    }

    private void AddClass(string code, PackNode node)
    {
        var added = new VisitorClass(node.Code(code, MaxCode), node.Local("name"), Within(node, "priority", 0, 0, 9), node.Flag("kiosk"), node.Number("order", 100), Within(node, "from_age", 0, 0, 120));
        if (!_classes.TryAdd(code, added)) node.Error($"visitor class '{code}' is there twice");
    }

    private void AddType(string code, PackNode node)
    {
        var queue = node.Text("queue");
        if (!_services.ContainsKey(queue)) node["queue"].Error($"queue service '{queue}' is in no services.yaml");
        var papers = new List<LocalText>();
        foreach (var paper in node.Optional("papers").Items)
        {
            if (paper.Items.Select(i => i.Text()).ToArray() is [var zh, var en]) papers.Add(new(zh, en));
            else paper.Error("a paper needs [中文, English]");
        }

        if (!_types.TryAdd(code, new(node.Code(code, MaxCode), node.Local("name"), queue, Within(node, "minutes", 5, 1, 480), papers))) node.Error($"service type '{code}' is there twice");
    }

    private static QueueRules RulesOf(PackNode node) => new(Within(node, "out_of_turn_cap", 3, 0, 20), Within(node, "open_tickets_per_number", 2, 1, 20), Within(node, "day_tickets_per_number", 6, 1, 99),
        Within(node, "wait_window_minutes", 60, 5, 480), Within(node, "wait_least_services", 3, 1, 100));

    private AppointmentRules AppointmentsOf(PackNode node)
    {
        string Class(string key)
        {
            var code = node.Text(key);
            if (!_classes.ContainsKey(code)) node[key].Error($"visitor class '{code}' is in no services.yaml");
            return code;
        }

        return new(Within(node, "slot_minutes", 30, 5, 240), Within(node, "days_ahead", 14, 1, 90), Within(node, "open_per_number", 2, 1, 20), Within(node, "early_minutes", 30, 0, 240), Within(node, "late_minutes", 15, 0, 240),
            Within(node, "no_shows", 3, 1, 20), Within(node, "no_show_days", 30, 1, 365), Within(node, "remind_hours", 20, 1, 72), Class("class"), Class("early_class"));
    }

    private static IEnumerable<Reason> Reasons(PackNode file, string key)
    {
        foreach (var (code, node) in file.Optional(key).Entries)
        {
            if (node.Items.Select(i => i.Text()).ToArray() is [var zh, var en]) yield return new(node.Code(code, MaxCode), new(zh, en));
            else node.Error($"{key}: '{code}' needs [中文, English]");
        }
    }

    private static ParkReason ParkReasonOf((string Key, PackNode Node) entry) =>
        new(entry.Node.Code(entry.Key, MaxCode), entry.Node.Local("name"), entry.Node.Word<HeldPapers>("papers"), Within(entry.Node, "minutes", 0, 0, 480));

    private static int Within(PackNode node, string key, int orElse, int least, int most)
    {
        var number = node.Number(key, orElse);
        if (number < least || number > most) node.Optional(key).Error($"{key}: {least} to {most} is wanted");
        return number;
    }
}
