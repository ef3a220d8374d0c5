using System.Net;
using OpenHall.App;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenHall.Host.Watching;

/// <summary>Metrics at <c>/metrics</c> (Prometheus, this machine only) and, when a collector is named, metrics and traces by OTLP.</summary>
static class Telemetry
{
    public static void Add(IServiceCollection services, HallOptions options)
    {
        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService("openhall", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Measures.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql").AddPrometheusExporter();
            if (options.Otlp is { } collector) metrics.AddOtlpExporter(o => o.Endpoint = collector);
        });
        if (options.Otlp is not { } to) return;
        telemetry.WithTracing(traces => traces.AddSource(Measures.Name).AddAspNetCoreInstrumentation(o =>
        {
            // The address itself may hold an account number; the pattern says enough.
            o.EnrichWithHttpResponse = (activity, response) =>
            {
                activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
                activity.SetTag("url.query", null);
            };
            o.RecordException = false;
        }).AddOtlpExporter(o => o.Endpoint = to));
    }

    /// <summary>The figures are for this machine: a request that a proxy passed on gets nothing.</summary>
    public static void Use(WebApplication app) => app.UseOpenTelemetryPrometheusScrapingEndpoint(http =>
        http.Request.Path == "/metrics" && http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded"));
}
