using System.Globalization;
using OpenHall.Catalog;
using OpenHall.Customers;

namespace OpenHall.Orders;

/// <summary>Who applies: the cases that decide about papers, and somebody new as kept with the order until a customer is made.</summary>
static class Applicants
{
    private const string Kind = "_kind", Name = "_name", Paper = "_paper", Phone = "_phone";
    private const int FullAge = 18;

    public static IReadOnlySet<ApplicantCase> CasesOf(CustomerKind kind, string? paper, string? agent, DateOnly today)
    {
        var cases = new HashSet<ApplicantCase> { kind == CustomerKind.Person ? ApplicantCase.Person : ApplicantCase.Company };
        if (!string.IsNullOrWhiteSpace(agent)) cases.Add(ApplicantCase.Agent);
        if (kind == CustomerKind.Person && BornOn(paper) is { } born && born.AddYears(FullAge) > today) cases.Add(ApplicantCase.Minor);
        return cases;
    }

    /// <summary>Day of birth that a resident ID of 18 places carries.</summary>
    private static DateOnly? BornOn(string? paper) =>
        paper is { Length: 18 } && DateOnly.TryParseExact(paper.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static void Keep(Dictionary<string, string> data, CustomerFields applicant)
    {
        (data[Kind], data[Name], data[Phone]) = (applicant.Kind.ToString(), applicant.Name!, applicant.Phone!);
        if (applicant.PaperNumber is not null) data[Paper] = applicant.PaperNumber;
    }

    /// <summary>The new customer that the order's data names.</summary>
    public static CustomerFields? Of(OrderData data) => data.Text(Name) is { } name
        ? new(Enum.Parse<CustomerKind>(data.Text(Kind)!), name, data.Text(Paper), data.Text(Phone), true)
        : null;
}
