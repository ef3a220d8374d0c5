using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenHall.App;

/// <summary>A component as an answer of its own, to be put into an open page.</summary>
public static class Fragment
{
    /// <summary>The component with its parameters by name: <c>Fragment.Of&lt;ReceiptCard&gt;(new { RequestId = id })</c>.</summary>
    public static RazorComponentResult<T> Of<T>(object? parameters = null) where T : IComponent =>
        new(parameters ?? new { }) { PreventStreamingRendering = true };

    /// <summary>Leads the page on, and says a word there: <c>Fragment.Go(http, "/receipts/12", texts["receipts.voided"])</c>.</summary>
    /// <param name="to">An address of this program.</param>
    public static IResult Go(HttpContext http, string to, string? said = null)
    {
        if (said is not null)
            http.Response.Cookies.Append("said", said, new CookieOptions { MaxAge = SaidWithin, Path = "/", SameSite = SameSiteMode.Strict, IsEssential = true });
        return Results.LocalRedirect(to);
    }

    private static readonly TimeSpan SaidWithin = TimeSpan.FromSeconds(20);
}
