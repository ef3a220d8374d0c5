using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenHall.Tests.Pages;

/// <summary>A load balancer without affinity: each request goes to the next node, whoever asks. Streams are passed on as they come.</summary>
public sealed class RoundRobin : IAsyncDisposable
{
    private static readonly HashSet<string> OfTheHop = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade" };

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 200 });
    private readonly WebApplication _app;
    private readonly IReadOnlyList<Uri> _nodes;
    private readonly int[] _served;
    private int _next;

    private RoundRobin(WebApplication app, IReadOnlyList<Uri> nodes) => (_app, _nodes, _served) = (app, nodes, new int[nodes.Count]);

    public Uri Address => new(_app.Urls.First());

    /// <summary>Requests that each node was given.</summary>
    public IReadOnlyList<int> Served => _served;

    public static async Task<RoundRobin> Start(params Uri[] nodes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var proxy = new RoundRobin(builder.Build(), nodes);
        proxy._app.Run(proxy.PassOn);
        await proxy._app.StartAsync();
        return proxy;
    }

    private async Task PassOn(HttpContext http)
    {
        var node = (int)((uint)Interlocked.Increment(ref _next) % _nodes.Count);
        Interlocked.Increment(ref _served[node]);
        using var request = new HttpRequestMessage(new(http.Request.Method), new Uri(_nodes[node], http.Request.Path + http.Request.QueryString)) { Content = HasBody(http) ? new StreamContent(http.Request.Body) : null };
        foreach (var (name, values) in http.Request.Headers)
        {
            if (OfTheHop.Contains(name)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, [.. values])) request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }

        try
        {
            using var answer = await _http.SendAsync(request, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
                if (!OfTheHop.Contains(name)) http.Response.Headers[name] = values.ToArray();
            await using var body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            var part = new byte[16 * 1024];
            while (await body.ReadAsync(part, http.RequestAborted) is > 0 and var read)
            {
                await http.Response.Body.WriteAsync(part.AsMemory(0, read), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
        {
            http.Abort();
        }
    }

    private static bool HasBody(HttpContext http) => http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }
}
