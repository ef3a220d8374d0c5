using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenHall.Customers;

/// <summary>One key under which an account is found: number, name, pinyin, telephone, meter, address from one of its parts on.</summary>
public sealed class SearchTerm
{
    /// <summary>Normalised text as UTF-8: bytes have one order on every database, whatever its collation, so a prefix is a range.</summary>
    public required byte[] Term { get; init; }
    public required string UnitPath { get; init; }
    public long AccountId { get; init; }
}

public static class SearchTerms
{
    /// <summary>Characters of a term that are kept; nobody types more.</summary>
    public const int MostCharacters = 24;

    /// <summary>Parts of an address that are keys of their own, and beginnings of an organisation's name.</summary>
    private const int MostParts = 6;

    private const string AddressEnds = "省市区县旗镇乡村路街道巷弄里园苑号幢栋楼座厦";

    /// <summary>Lower case, half width, without blanks and punctuation; the same for what is stored and what is typed.</summary>
    public static string Normalise(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) && plain.Length < MostCharacters) plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    /// <summary>All keys of an account, each once.</summary>
    public static IReadOnlyCollection<string> Of(BillingAccount account, Customer customer, SupplyPoint point)
    {
        var terms = new HashSet<string> { Normalise(account.Number), Normalise(customer.Number), Normalise(point.MeterNumber) };
        var phone = Normalise(customer.Phone);
        terms.Add(phone);
        // A landline is often given without its area code.
        if (customer.Phone.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen) terms.Add(Normalise(customer.Phone[hyphen..]));
        var name = Normalise(customer.Name);
        terms.Add(name);
        foreach (var spelling in Pinyin.Of(name)) terms.Add(spelling.Length <= MostCharacters ? spelling : spelling[..MostCharacters]);
        // An organisation is known by a word inside its name, after the town.
        if (customer.Kind == CustomerKind.Organisation) terms.UnionWith(Enumerable.Range(1, Math.Clamp(name.Length - 2, 0, MostParts)).Select(i => name[i..]));
        terms.UnionWith(AddressParts(point.Address));
        terms.RemoveWhere(t => t.Length == 0);
        return terms;
    }

    public static IEnumerable<SearchTerm> RowsOf(BillingAccount account, Customer customer, SupplyPoint point) =>
        Of(account, customer, point).Select(t => new SearchTerm { Term = Encoding.UTF8.GetBytes(t), UnitPath = account.UnitPath, AccountId = account.Id });

    /// <summary>The address from each of its parts on: 西湖区文三路128号 is also found as 文三路128号. Parts that begin with a digit are no keys.</summary>
    private static IEnumerable<string> AddressParts(string address)
    {
        var full = new string([.. address.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)]);
        var starts = new List<int> { 0 };
        for (var i = 1; i < full.Length - 1 && starts.Count < MostParts; i++)
        {
            var begins = AddressEnds.Contains(full[i - 1]) && !AddressEnds.Contains(full[i]);
            if (begins && !char.IsDigit(full[i])) starts.Add(i);
        }

        return starts.Select(start => Normalise(full[start..]));
    }
}

sealed class SearchTermMap : IEntityTypeConfiguration<SearchTerm>
{
    public void Configure(EntityTypeBuilder<SearchTerm> term)
    {
        term.ToTable("customer_search_terms").HasKey(t => new { t.Term, t.UnitPath, t.AccountId });
        term.Property(t => t.Term).HasMaxLength(SearchTerms.MostCharacters * 4);
        term.Property(t => t.UnitPath).HasMaxLength(200);
    }
}
