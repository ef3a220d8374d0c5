using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OpenHall.App;

/// <summary>What a list shows, read from the address and written back into it, so that a view can be sent to a colleague.
/// Whatever is out of its limits is brought inside them; an address never makes an error.</summary>
/// <param name="Path">Address of the page without its query.</param>
/// <param name="Search">Words looked for; empty: all.</param>
/// <param name="Sort">Key of the column sorted by; null: the list's own order.</param>
/// <param name="Page">1 or more.</param>
/// <param name="Size">Rows a page, one of <see cref="Sizes"/>.</param>
/// <param name="Columns">Keys of the columns chosen, in their order; empty: the list's own choice.</param>
/// <param name="Filters">Every other part of the query by its name.</param>
public sealed record ListQuery(string Path, string Search, string? Sort, bool Descending, int Page, int Size, IReadOnlyList<string> Columns, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>Rows a page that can be chosen.</summary>
    public static readonly IReadOnlyList<int> Sizes = [20, 50, 100, 200];
    public const int DefaultSize = 50;
    /// <summary>Characters of a search or a filter.</summary>
    public const int MaxTextLength = 100;
    public const int MaxPage = 100_000;
    public const int MaxFilters = 20;
    public const int MaxColumns = 40;

    private static readonly HashSet<string> Own = ["q", "sort", "page", "size", "cols"];

    /// <summary>Rows before the page.</summary>
    public int Skip => (Page - 1) * Size;

    public static ListQuery Of(HttpRequest request) => Of(request.Path.Value ?? "/", request.Query);

    public static ListQuery Of(string path, IQueryCollection query)
    {
        var sort = Cut(query["sort"].ToString());
        var filters = query.Where(p => !Own.Contains(p.Key) && p.Key.Length <= MaxTextLength && p.Value.ToString().Length > 0).Take(MaxFilters);
        return new(
            path,
            Cut(query["q"].ToString()).Trim(),
            sort.TrimStart('-') is { Length: > 0 } key ? key : null,
            sort.StartsWith('-'),
            Math.Clamp(Number(query["page"].ToString(), 1), 1, MaxPage),
            Number(query["size"].ToString(), DefaultSize) is var size && Sizes.Contains(size) ? size : DefaultSize,
            [.. Cut(query["cols"].ToString(), MaxColumns * 20).Split(',', StringSplitOptions.RemoveEmptyEntries).Take(MaxColumns)],
            filters.ToDictionary(p => p.Key, p => Cut(p.Value.ToString())));
    }

    /// <summary>A filter's value; null where it is not set.</summary>
    public string? this[string filter] => Filters.GetValueOrDefault(filter);

    /// <summary>A filter that is a day, <c>2026-11-23</c>; null where it is not set or not a day.</summary>
    public DateOnly? Day(string filter) =>
        DateOnly.TryParseExact(this[filter], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public bool IsFiltered => Search.Length > 0 || Filters.Count > 0;

    /// <summary>The same list sorted by the column; once more turns the order round. Back to the first page.</summary>
    public ListQuery SortedBy(string column) => this with { Sort = column, Descending = Sort == column && !Descending, Page = 1 };

    public ListQuery Without(string filter) => this with { Filters = Filters.Where(f => f.Key != filter).ToDictionary(), Page = 1 };

    public ListQuery With(string filter, string value) =>
        this with { Filters = new Dictionary<string, string>(Filters) { [filter] = value }, Page = 1 };

    /// <summary>The address of this view; what is as usual is left out.</summary>
    public string Href => Path + Query;

    /// <summary>The part of the address from the question mark on; empty for the usual view.</summary>
    public string Query
    {
        get
        {
            var text = new StringBuilder();
            Add(text, "q", Search);
            foreach (var (name, value) in Filters.OrderBy(f => f.Key, StringComparer.Ordinal)) Add(text, name, value);
            Add(text, "sort", Sort is null ? "" : Descending ? "-" + Sort : Sort);
            Add(text, "cols", string.Join(',', Columns));
            Add(text, "size", Size == DefaultSize ? "" : Size.ToString(CultureInfo.InvariantCulture));
            Add(text, "page", Page == 1 ? "" : Page.ToString(CultureInfo.InvariantCulture));
            return text.ToString();
        }
    }

    private static void Add(StringBuilder text, string name, string value)
    {
        if (value.Length == 0) return;
        text.Append(text.Length == 0 ? '?' : '&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value).Replace("%2C", ",", StringComparison.Ordinal));
    }

    private static string Cut(string text, int length = MaxTextLength) => text.Length <= length ? text : text[..length];

    private static int Number(string text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

public static class ListPaging
{
    /// <summary>The rows of the asked page; the caller has ordered them.</summary>
    public static IQueryable<T> PageOf<T>(this IQueryable<T> rows, ListQuery query) => rows.Skip(query.Skip).Take(query.Size);
}
