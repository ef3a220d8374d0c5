using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Turns a "no" of the business into an answer: a problem for programs (RFC 9457), the refusal itself for pages.</summary>
public static class Refusals
{
    /// <summary>Runs the command; gives the refusal back instead of throwing it, so that the page can show it beside its field.</summary>
    public static async Task<Refused?> Catch(Func<Task> command)
    {
        try
        {
            await command();
            return null;
        }
        catch (Refused refusal)
        {
            return refusal;
        }
    }

    /// <summary>422 for another content under a used id, 401 and 403 for sign-in and rights, 404 for things not found, 409 for the rest.</summary>
    public static int StatusOf(Refused refusal) => refusal.Code switch
    {
        "request.content_differs" => StatusCodes.Status422UnprocessableEntity,
        "signin.needed" => StatusCodes.Status401Unauthorized,
        "permission.missing" or "scope.outside" => StatusCodes.Status403Forbidden,
        _ when refusal.Code.EndsWith(".not_found", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    public static ProblemDetails ToProblem(Refused refusal, Texts texts) => new()
    {
        Status = StatusOf(refusal), Type = $"urn:openhall:refused:{refusal.Code}", Title = refusal.Code, Detail = texts.Sentence(refusal),
        Extensions =
        {
            ["code"] = refusal.Code, ["field"] = refusal.Field,
            ["refusals"] = refusal.All.Select(r => new { code = r.Code, field = r.Field, detail = texts.Sentence(r) }).ToArray(),
        },
    };
}

/// <summary>The last stop of a refusal that no page caught.</summary>
sealed partial class RefusalHandler(Texts texts) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
    {
        var problem = exception switch
        {
            Refused refusal => Refusals.ToProblem(refusal, texts),
            BadHttpRequestException bad => Unreadable(bad),
            _ => null,
        };
        if (problem is null) return false;
        if (http.RequestServices.GetRequiredService<ApprovalDraft>().Ticket is { } ticket) problem.Extensions["approval"] = ticket;
        // Whoever opened a page gets the page of that status (UseErrors), everybody else the problem.
        if (Answers.IsPageVisit(http.Request)) http.Response.StatusCode = problem.Status!.Value;
        else await Answers.Write(http, problem);
        return true;
    }

    /// <summary>Names the field that could not be read, never what stood in it.</summary>
    private ProblemDetails Unreadable(BadHttpRequestException bad)
    {
        const string code = "request.unreadable";
        var field = bad.InnerException is JsonException { Path: { } path } ? path.TrimStart('$', '.') : Parameter().Match(bad.Message).Groups[1].Value;
        return new() { Status = bad.StatusCode, Type = $"urn:openhall:refused:{code}", Title = code, Detail = texts["refused." + code], Extensions = { ["code"] = code, ["field"] = field.Length > 0 ? field : null } };
    }

    [GeneratedRegex("parameter \"\\S+ (\\w+)\"")]
    private static partial Regex Parameter();
}
