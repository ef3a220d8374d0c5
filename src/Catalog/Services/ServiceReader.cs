using System.Globalization;
using OpenHall.App;

namespace OpenHall.Catalog;

/// <summary>Reads a service of a pack; every mistake is told with file and line.</summary>
sealed class ServiceReader(Packs packs)
{
    private const int MaxCode = 30, MostFields = 40, MostStages = 12, MostDays = 200, MostHours = 400, MostMonths = 120;

    /// <summary>Names that the forms have for themselves; forms know no capitals.</summary>
    private static readonly HashSet<string> Reserved = ["service", "note", "stage", "number", "papers", "words", "action", "kind", "to"];

    private readonly HashSet<string> _queues = [.. packs.Files("services.yaml").SelectMany(f => f.Optional("queue_services").Entries).Select(e => e.Key)];

    public BusinessService Read(string code, PackNode node)
    {
        node.Code(code, MaxCode);
        var queue = node.Text("queue");
        if (!_queues.Contains(queue)) node["queue"].Error($"queue service '{queue}' is in no services.yaml");
        var versions = node["versions"].Items.Select(Version).OrderBy(v => v.From).ToList();
        if (versions.Count == 0) node.Error("versions: one at least");
        if (versions.Select(v => v.From).Distinct().Count() != versions.Count) node["versions"].Error("two versions begin on one day");
        var about = node.Word("about", ServiceAbout.Account);
        foreach (var field in versions.SelectMany(v => v.AllFields).Where(f => Reserved.Contains(f.Code) || (f.Code is "name" or "phone") && about == ServiceAbout.Anybody)) node.Error($"field '{field.Code}': the form has a field of that name itself");
        return new(code, node.Local("name"), node.Local("hint"), queue, about, node.TextOrNull("icon") ?? "paper", node.Number("order", 500), versions);
    }

    private ServiceVersion Version(PackNode node)
    {
        if (!DateOnly.TryParseExact(node.Text("from"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) node["from"].Error("from is a day, 2026-01-01");
        var fields = Fields(node);
        var stages = node.Optional("stages").Entries.Select(e => Stage(e.Key, e.Value)).ToList();
        if (stages.Count > MostStages) node["stages"].Error($"at most {MostStages} stages");
        var months = node.Number("valid_months", 0);
        if (months is < 0 or > MostMonths) node["valid_months"].Error($"valid_months: 0 to {MostMonths}");
        var version = new ServiceVersion(from, fields, [.. node.Optional("papers").Entries.Select(e => Paper(e.Key, e.Value))], [.. node.Optional("fees").Entries.Select(e => Fee(e.Key, e.Value))], node.TextOrNull("effect"), stages,
            months, node.Flag("no_arrears"), LocalOrNull(node, "accepted"), LocalOrNull(node, "completed"), LocalOrNull(node, "guide"), [.. node.Optional("terms").Items.Select(t => t.Local())], node);
        var known = version.AllFields.Select(f => f.Code).ToList();
        foreach (var twice in known.GroupBy(c => c).Where(g => g.Count() > 1)) node.Error($"field '{twice.Key}' is there twice");
        foreach (var fee in version.Fees)
        {
            if (fee.Per is not null && !known.Contains(fee.Per)) node["fees"].Error($"fee '{fee.Code}': there is no field '{fee.Per}'");
            if (fee.If is { } when && !known.Contains(when.Field)) node["fees"].Error($"fee '{fee.Code}': there is no field '{when.Field}'");
            if (fee.At is not null && version.Stage(fee.At) is null) node["fees"].Error($"fee '{fee.Code}': there is no stage '{fee.At}'");
        }

        return version;
    }

    private ServiceStage Stage(string code, PackNode node)
    {
        node.Code(code, MaxCode);
        var posts = node.Texts("posts");
        if (posts.Count == 0) node.Error("posts: whose work list the stage stands on");
        foreach (var post in posts.Where(p => !packs.Posts.ContainsKey(p))) node["posts"].Error($"post '{post}' is in no posts.yaml");
        var (days, hours) = (node.Number("days", 0), node.Number("hours", 0));
        if (days is < 0 or > MostDays || hours is < 0 or > MostHours || (days == 0) == (hours == 0)) node.Error($"a stage has days (1 to {MostDays}) or hours (1 to {MostHours}) of work time");
        return new(code, node.Local("name"), LocalOrNull(node, "hint"), posts, days, hours, Fields(node), node.TextOrNull("effect"), node.Flag("needs_paid"), LocalOrNull(node, "tell"), node);
    }

    private List<FormField> Fields(PackNode node)
    {
        var fields = node.Optional("fields").Entries.Select(e => Field(e.Key, e.Value)).ToList();
        if (fields.Count > MostFields) node["fields"].Error($"at most {MostFields} fields");
        return fields;
    }

    private FormField Field(string code, PackNode node)
    {
        node.Code(code, MaxCode);
        var kind = node.Word("kind", FieldKind.Text);
        var choices = node.Optional("choices").Entries.Select(c => (c.Key, c.Value.Local())).ToList();
        if (kind == FieldKind.Choice && choices.Count < 2) node.Error("choices: two at least");
        var (least, most) = (node.DecimalOrNull("least"), node.DecimalOrNull("most"));
        if (least > most) node.Error("least is not more than most");
        var pattern = node.TextOrNull("pattern");
        try
        {
            if (pattern is not null) _ = new System.Text.RegularExpressions.Regex(pattern);
        }
        catch (ArgumentException e)
        {
            node["pattern"].Error(e.Message);
            pattern = null;
        }

        var width = node.TextOrNull("width");
        if (width is not (null or "half" or "third" or "quarter")) node["width"].Error("width: half, third or quarter");
        return new(code, node.Local("name"), kind, node.Flag("needed"), LocalOrNull(node, "hint"), node.TextOrNull("default"), least, most, node.TextOrNull("unit"), choices, pattern, width);
    }

    private static ServicePaper Paper(string code, PackNode node)
    {
        node.Code(code, MaxCode);
        return new(code, node.Local("name"), !node.Flag("optional"), [.. node.Optional("who").Items.Select(i => i.Word<ApplicantCase>())]);
    }

    private static ServiceFee Fee(string code, PackNode node)
    {
        node.Code(code, MaxCode);
        var when = node.Optional("if").Entries.Select(e => ((string Field, string Is)?)(e.Key, e.Value.Text())).FirstOrDefault();
        return new(code, node.Local("name"), node.Yuan("yuan"), node.TextOrNull("per"), when, node.TextOrNull("at"));
    }

    private static LocalText? LocalOrNull(PackNode node, string key) => node.Has(key) ? node.Local(key) : null;
}
