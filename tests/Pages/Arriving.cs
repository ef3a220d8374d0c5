using Microsoft.Playwright;

namespace OpenHall.Tests.Pages;

public static class Arriving
{
    /// <summary>Waits until the page stands at an address that matches and is complete. The page itself is asked: on a busy machine the browser's "load" can pass before anybody listens for it.</summary>
    public static Task Arrives(this IPage page, string pattern) =>
        page.WaitForFunctionAsync("p => new RegExp(p).test(location.href) && document.readyState === 'complete'", pattern);
}
