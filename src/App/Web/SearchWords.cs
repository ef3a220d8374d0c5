using Microsoft.AspNetCore.Http;

namespace OpenHall.App;

/// <summary>What is typed into a search box comes in a header: an address is kept in histories and logs on the way, and a name or telephone has no place there.</summary>
public static class SearchWords
{
    /// <summary>The words, percent-encoded as UTF-8.</summary>
    public const string Header = "X-Words";
    private const int MaxEncoded = 1000;

    public static string Of(HttpRequest request) => request.Headers[Header].ToString() is { Length: <= MaxEncoded } words ? Uri.UnescapeDataString(words) : "";
}
