using System.Text.Encodings.Web;

namespace OpenHall.Host.Watching;

/// <summary>Log lines: JSON for services, plain for a terminal. People's data never gets into them: no query strings, no addresses with
/// account numbers (the route's pattern instead), no SQL, no scopes.</summary>
static class Logs
{
    public static void Configure(ILoggingBuilder logging, HallOptions options)
    {
        logging.ClearProviders();
        if (options.LogsAsJson)
        {
            logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                o.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
            });
        }

        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // Modules without tables of their own are no news; keys lie in our own database.
        logging.AddFilter("Microsoft.EntityFrameworkCore.Model", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A failed statement is told by whoever ran it; its text may carry what people typed.
        logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Query", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    }
}

/// <summary>One line a request: method, pattern of the address, status, time, and whose it was by id. Assets and event streams are not told.</summary>
sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    private static readonly string[] Quiet = ["/lib", "/health", "/metrics", "/live", "/_"];

    public async Task Invoke(HttpContext http)
    {
        if (Quiet.Any(q => http.Request.Path.StartsWithSegments(q)))
        {
            await next(http);
            return;
        }

        var began = TimeProvider.System.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no such address)";
            var milliseconds = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
            log.LogInformation("{Method} {Route} {Status} {Milliseconds:0.0} ms {User}",
                http.Request.Method, pattern, http.Response.StatusCode, milliseconds, http.RequestServices.GetRequiredService<OpenHall.App.Current>().UserId);
        }
    }
}
