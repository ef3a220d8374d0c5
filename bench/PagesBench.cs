using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OpenHall.Tests.Support;

namespace OpenHall.Bench;

/// <summary>What a page costs the server, and what the first load of the workbench carries over the wire.</summary>
static partial class PagesBench
{
    private static readonly string[] Pages = ["/", "/shift", "/changes", "/signin"];

    public static async Task<int> Run(string[] args)
    {
        var times = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 100;
        foreach (var database in await BenchHall.Databases())
        {
            await using var hall = await BenchHall.Open(database, 1, 200);
            using var clerk = await ClerkConnection.Open(hall.Address, PayingHall.StaffNumber(1));
            clerk.Http.DefaultRequestHeaders.Accept.Clear();
            clerk.Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            var all = new Times();
            foreach (var page in Pages)
            {
                var one = new Times();
                using var listener = ServerTime(took => { one.AddMilliseconds(took); all.AddMilliseconds(took); });
                // The first ones compile.
                for (var n = 0; n < 20; n++) await Get(clerk.Http, page);
                listener.Start();
                for (var n = 0; n < times; n++) await Get(clerk.Http, page);
                listener.Dispose();
                Measure.Print($"pages.{database}{page.Replace('/', '.').TrimEnd('.')}.p95", one.Percentile(0.95), "ms");
            }

            Measure.Print($"pages.{database}.p95", all.Percentile(0.95), "ms");
            if (database == "sqlite") await FirstLoad(hall.Address, clerk.Http);
        }

        return 0;
    }

    private static async Task Get(HttpClient http, string page)
    {
        using var answer = await http.GetAsync(page);
        if (answer.StatusCode is not HttpStatusCode.OK and not HttpStatusCode.Redirect) throw new InvalidOperationException($"{page}: {answer.StatusCode}");
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The page and what its head asks for, compressed as a browser asks for it.</summary>
    private static async Task FirstLoad(Uri address, HttpClient signedIn)
    {
        signedIn.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        using var page = await signedIn.GetAsync("/");
        var bytes = (await page.Content.ReadAsByteArrayAsync()).Length;
        var requests = 1;
        signedIn.DefaultRequestHeaders.AcceptEncoding.Clear();
        var html = await signedIn.GetStringAsync("/");
        signedIn.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        foreach (var part in Parts().Matches(html).Select(m => m.Groups[1].Value).Where(p => p.StartsWith('/') || !p.Contains(':', StringComparison.Ordinal)).Distinct())
        {
            using var answer = await signedIn.GetAsync(new Uri(address, part));
            if (!answer.IsSuccessStatusCode) continue;
            bytes += (await answer.Content.ReadAsByteArrayAsync()).Length;
            requests++;
        }

        Measure.Print("pages.first_load", bytes / 1024.0, "KB");
        Measure.Print("pages.first_load.requests", requests, "requests");
    }

    private sealed class Listening(MeterListener listener) : IDisposable
    {
        public void Start() => listener.Start();

        public void Dispose() => listener.Dispose();
    }

    private static Listening ServerTime(Action<double> milliseconds)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument is { Name: "http.server.request.duration" }) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => milliseconds(seconds * 1000));
        return new(listener);
    }

    [GeneratedRegex("(?:<script[^>]*src|<link[^>]*rel=\"(?:stylesheet|icon|manifest)\"[^>]*href)=\"([^\"]+)\"")]
    private static partial Regex Parts();
}
