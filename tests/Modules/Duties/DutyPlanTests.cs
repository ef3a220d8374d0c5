using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using OpenHall.App;
using OpenHall.Duties;
using OpenHall.Host;

namespace OpenHall.Tests.Modules;

/// <summary>The packs have every duty of every post, in both languages, each with its page and its evidence.</summary>
public partial class DutyPlanTests
{
    private static readonly string[] AllPacks = ["base", "power", "telecom", "citycard", "post", "retail", "pharmacy"];

    /// <summary>Rows of the list of posts and duties: how many each post has there.</summary>
    private const string Rows = """
        G01:2 G02:2 G03:1 G04:1 G05:1 G06:1 G07:1 G08:3 G09:3 G10:3 G11:2 P01:2 P02:1 P03:1 P04:2 P05:7 P06:5 P07:4 P08:3 T01:6 T02:7 T03:5 T04:6 T05:5 T06:4 T07:6 T08:1
        T09:4 T10:1 T11:1 T12:3 T13:7 C01:5 C02:3 B01:10 R01:21 D01:6 S01:9
        """;

    private static (Packs Packs, DutyPlans Plans) Read(params string[] names)
    {
        var packs = Packs.Read(TestHall.PacksFolder, names);
        var plans = DutyPlans.Read(packs);
        Assert.Empty(packs.Errors.All);
        return (packs, plans);
    }

    [Fact]
    public void No_duty_of_the_list_is_missing()
    {
        var (_, plans) = Read(AllPacks);
        var rows = Rows.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(':')).SelectMany(r => Enumerable.Range(1, int.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture)).Select(n => $"{r[0]}.{n}")).ToList();
        Assert.Equal(155, rows.Count);
        Assert.All(rows, row => Assert.Contains(plans.All, p => p.Code == row || p.Code.Length == row.Length + 1 && p.Code.StartsWith(row, StringComparison.Ordinal) && char.IsAsciiLetterUpper(p.Code[^1])));
    }

    [Fact]
    public void Every_duty_is_told_in_both_languages_with_its_evidence()
    {
        var (_, plans) = Read(AllPacks);
        var words = plans.All.SelectMany(p => p.Steps.Concat(p.Proof.Items.Select(i => i.Name)).Append(p.Name).Append(p.Evidence).Select(w => (p.Code, Words: w)))
            .Concat(plans.Spots.Select(s => (Code: s.Key, Words: s.Value))).Concat(plans.Questions.SelectMany(q => new[] { (Code: "question", Words: q.Ask), (Code: "question", Words: q.Answer) }));
        Assert.Empty(words.Where(w => !Han().IsMatch(w.Words.Zh) || w.Words.En.Length == 0 || Han().IsMatch(w.Words.En)).Select(w => $"{w.Code}: {w.Words.Zh} | {w.Words.En}"));
    }

    [Fact]
    public void Every_duty_is_done_on_a_page_that_its_post_may_open()
    {
        var pages = (from type in HallApp.Modules.SelectMany(m => m.Assembly.GetTypes()).Distinct()
                     from route in type.GetCustomAttributes<RouteAttribute>()
                     select (route.Template, Policy: type.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy).FirstOrDefault(p => p is not null))).ToLookup(p => p.Template, p => p.Policy);
        var (packs, plans) = Read(AllPacks);
        var wrong = new List<string>();
        foreach (var plan in plans.All)
        {
            if (!pages.Contains(plan.Page)) wrong.Add($"{plan.Code}: {plan.Page} is no page");
            else if (plan.Post != DutyPlans.AllPosts && pages[plan.Page].First() is { } policy && !policy.Split('|').Any(packs.Posts[plan.Post].Permissions.Contains)) wrong.Add($"{plan.Code}: {plan.Post} may not open {plan.Page}");
        }

        Assert.Empty(wrong);
        // Whoever has duties can do them, with a picture where one is asked for.
        Assert.All(packs.Posts.Values, p => Assert.Contains("duties.do", p.Permissions));
        Assert.All(plans.All.Where(p => p.Proof.Photo || p.Proof.File), p => Assert.Contains("attachments.add", packs.Posts[p.Post].Permissions));
    }

    [Fact]
    public void Only_the_packs_in_force_count()
    {
        var (_, power) = Read("base", "power");
        Assert.NotNull(power.Find("P08.1"));
        Assert.Null(power.Find("T02.1"));
        Assert.NotNull(power.Find("T10.1B"));
    }

    [Fact]
    public void Mistakes_of_a_pack_are_told_with_file_and_line_and_reading_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("openhall-test-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "base"));
        File.WriteAllText(Path.Combine(folder, "base", "posts.yaml"), "cleaner:\n  name: [清洁工, Cleaner]\n  permissions: []\n");
        File.WriteAllText(Path.Combine(folder, "base", "duties.yaml"), """
            duties:
              X1: { post: gardener, name: [浇花, Water], when: visit, evidence: [无, none] }
              X2: { post: cleaner, name: [扫地, Sweep], when: { every: 2 }, evidence: [无, none] }
              X3: { post: cleaner, name: [扫地, Sweep], when: { every: 30, at: ["10:00"] }, evidence: [无, none] }
              X4: { post: cleaner, name: [扫地, Sweep], when: { day: 30, days: [32] }, scan: moon, evidence: [无, none] }
              X5: { post: cleaner, name: [扫地, Sweep], when: { at: [1000] }, fact: sunrise, evidence: [无, none] }
              X6: { post: cleaner, name: [扫地], when: { day: 30 }, photo: true, fact: day_opened, evidence: [无, none] }
              X7: { post: all, name: [微笑, Smile], when: { day: 30 }, evidence: [无, none] }
              X8: { post: cleaner, name: [扫地, Sweep], when: event, closing: block, evidence: [无, none] }
            """);
        var packs = Packs.Read(folder, "base");
        DutyPlans.Read(packs);
        Directory.Delete(folder, true);
        string[] wanted =
        [
            "packs/base/duties.yaml:2: there is no post 'gardener'", "packs/base/duties.yaml:3: every is 5 minutes or more", "packs/base/duties.yaml:4: when has one of", "packs/base/duties.yaml:5: days are from 0 to 31",
            "packs/base/duties.yaml:5: there is no spot 'moon'", "packs/base/duties.yaml:6: a time is written", "packs/base/duties.yaml:6: fact is one of", "packs/base/duties.yaml:7: what the system ticks", "packs/base/duties.yaml:7: 'name' needs",
            "packs/base/duties.yaml:8: what everybody does", "packs/base/duties.yaml:9: only a duty with hours",
        ];
        Assert.All(wanted, w => Assert.Contains(packs.Errors.All, e => e.StartsWith(w, StringComparison.Ordinal)));
        Assert.Equal(wanted.Length, packs.Errors.All.Count);
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|%")]
    private static partial Regex Han();
}
