using Microsoft.AspNetCore.Builder;

namespace OpenHall.App;

public static class Errors
{
    /// <summary>Headers of every answer, and what stands in one that went wrong: the error page for whoever opened a page, a problem for the rest.</summary>
    public static void UseErrors(this IApplicationBuilder app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseWhen(http => !Answers.IsPageVisit(http.Request), programs => programs.UseStatusCodePages());
        app.UseWhen(http => Answers.IsPageVisit(http.Request), pages =>
        {
            // In a scope of its own: the page that failed has used up this one's services.
            pages.UseExceptionHandler("/error/500", createScopeForErrors: true);
            pages.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        });
        app.UseWhen(http => !Answers.IsPageVisit(http.Request), programs => programs.UseExceptionHandler());
    }
}
