using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace OpenHall.Tests.Pages;

/// <summary>A page as it comes out of the printer, read by other people's programs: poppler for text and size, zbar for codes.</summary>
public sealed record Printed(string Path)
{
    private const double PointsOfMillimetre = 72 / 25.4;

    /// <summary>Sheets are kept where screenshots are, so that people can look at them.</summary>
    public static async Task<Printed> Of(IPage page, string name)
    {
        var path = System.IO.Path.Combine(OpenBrowser.Shots, name + ".pdf");
        // Sheets reckon their height when they are loaded.
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        await page.PdfAsync(new() { Path = path, PreferCSSPageSize = true, PrintBackground = true });
        return new(path);
    }

    public async Task<int> Pages() => int.Parse(await Fact("Pages"), CultureInfo.InvariantCulture);

    /// <summary>Width and height of the paper in millimetres.</summary>
    public async Task<(double Width, double Height)> Size()
    {
        var parts = (await Fact("Page size")).Split(' ');
        return (Millimetres(parts[0]), Millimetres(parts[2]));

        static double Millimetres(string points) => double.Parse(points, CultureInfo.InvariantCulture) / PointsOfMillimetre;
    }

    /// <summary>Text of one page (null: of all), Form KC, as fonts may write a character by its other form; runs of spaces are one.</summary>
    public async Task<string> Text(int? page = null)
    {
        string[] which = page is { } n ? ["-f", n.ToString(CultureInfo.InvariantCulture), "-l", n.ToString(CultureInfo.InvariantCulture)] : [];
        var text = await Run("pdftotext", ["-layout", .. which, Path, "-"]);
        return System.Text.RegularExpressions.Regex.Replace(text.Normalize(NormalizationForm.FormKC), "[ \u00a0]+", " ");
    }

    /// <summary>What a scanner reads from the paper: <c>CODE-128:SJ00000001</c>.</summary>
    public async Task<IReadOnlyList<string>> Codes(int dotsPerInch = 203)
    {
        var picture = Path[..^4];
        await Run("pdftoppm", "-r", dotsPerInch.ToString(CultureInfo.InvariantCulture), "-png", "-singlefile", Path, picture);
        return (await Run("zbarimg", "-q", picture + ".png")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Lowest mark of ink on the first page, in millimetres from its top.</summary>
    public async Task<double> LowestInk()
    {
        var boxes = await Run("pdftotext", "-bbox", "-l", "1", Path, "-");
        return System.Text.RegularExpressions.Regex.Matches(boxes, "yMax=\"([0-9.]+)\"").Max(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)) / PointsOfMillimetre;
    }

    private async Task<string> Fact(string name) => (await Run("pdfinfo", Path)).Split('\n').First(l => l.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..].Trim();

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var complaints = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await complaints}");
        return said;
    }
}
