using System.Text.Json;
using Microsoft.Playwright;

namespace OpenHall.Tests.Pages;

/// <summary>A page of the browser that remembers what its console complained of, and can be asked how it looks.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js")));

    public WatchedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add($"{message.Type}: {message.Text}"); };
        page.PageError += (_, error) => Complaints.Add("error: " + error);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync("() => window.htmx !== undefined || !document.querySelector('script[src]')");
    }

    /// <summary>Pixels by which the page is wider than its window; 0: no horizontal scroll.</summary>
    public Task<int> TooWide() => Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");

    /// <summary>Serious and critical findings of axe-core, a line each.</summary>
    public async Task<IReadOnlyList<string>> SeriousFindings()
    {
        await Page.EvaluateAsync(Axe.Value);
        var found = await Page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
                .filter(v => v.impact === "serious" || v.impact === "critical")
                .flatMap(v => v.nodes.slice(0, 4).map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.any[0]?.message ?? ""}`))
            """);
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }

    /// <summary>Words of controls, headings and labels that are Chinese on an English page. Data keeps its own language.</summary>
    public async Task<IReadOnlyList<string>> ChineseLabels()
    {
        var found = await Page.EvaluateAsync<JsonElement>(
            """
            () => {
                const chinese = /[\u3400-\u9fff]/, words = [];
                const own = e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join(" ");
                for (const e of document.querySelectorAll("h1, h2, h3, h4, label, legend, button, summary, thead th, dt, caption, figcaption, nav a, .button, .badge, .hint, .empty *, .stat-name, .stat-more, [placeholder], [title], [aria-label]")) {
                    if (e.closest("[lang^=zh], [data-names], [href^='/language'], .queue-pane .hint")) continue;
                    for (const text of [own(e), e.placeholder, e.title, e.getAttribute("aria-label")]) if (text && chinese.test(text)) words.push(`${e.tagName.toLowerCase()}.${e.className}: ${text}`);
                }
                return [...new Set(words)];
            }
            """);
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }

    /// <summary>Keys of texts.yaml that stand on the page because their words are missing.</summary>
    public async Task<IReadOnlyList<string>> BareKeys()
    {
        var found = await Page.EvaluateAsync<JsonElement>(
            """
            () => {
                const key = /^[a-z]+(\.[a-z0-9_]+){1,4}$/, words = [];
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                for (let n = walk.nextNode(); n; n = walk.nextNode()) if (key.test(n.textContent.trim()) && !n.parentElement.closest("code, script, [data-code]")) words.push(n.textContent.trim());
                for (const e of document.querySelectorAll("[placeholder], [title], [aria-label]")) for (const t of [e.placeholder, e.title, e.getAttribute("aria-label")]) if (t && key.test(t)) words.push(t);
                return [...new Set(words)];
            }
            """);
        return [.. found.EnumerateArray().Select(f => f.GetString()!)];
    }

    public Task Shot(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(OpenBrowser.Shots, name + ".png") });

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
