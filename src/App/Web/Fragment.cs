using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OpenHall.App;

/// <summary>A component as an answer of its own, to be put into an open page.</summary>
public static class Fragment
{
    /// <summary>The component with its parameters by name: <c>Fragment.Of&lt;ReceiptCard&gt;(new { RequestId = id })</c>.</summary>
    public static RazorComponentResult<T> Of<T>(object? parameters = null) where T : IComponent =>
        new(parameters ?? new { }) { PreventStreamingRendering = true };
}
