using System.Globalization;
using OpenHall.Rating;
using OpenHall.TariffFiles;

namespace OpenHall.Tests.Kernels;

/// <summary>The tariffs of the packs in this repository, loaded once, and short ways to speak of usage and lines.</summary>
static class PackTariffs
{
    public static readonly string Root = FindRoot();

    public static readonly Tariffs All = Load();

    static Tariffs Load()
    {
        var tariffs = TariffFile.Load(Directory.GetDirectories(Path.Combine(Root, "packs")).Select(p => Path.Combine(p, "tariffs")).Where(Directory.Exists), out var findings);
        Assert.Empty(findings);
        return tariffs;
    }

    /// <summary>A whole calendar month, "2025-07".</summary>
    public static Usage Month(string month, decimal kwh, decimal yearToDate = 0)
    {
        var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new() { From = first, To = first.AddMonths(1).AddDays(-1), Kwh = kwh, YearToDateKwh = yearToDate };
    }

    /// <summary>Lines as "tier band quantity×price=amount", for stored outputs.</summary>
    public static string Show(this RatedBill bill) => bill.IsRated
        ? string.Join(" + ", bill.Lines.Select(l => string.Create(CultureInfo.InvariantCulture,
            $"{l.Source.Kind}{(l.Source.Tier > 0 ? l.Source.Tier : "")}{(l.Source.Band == Band.Whole ? "" : $" {l.Source.Band}")} {l.Quantity:0.######}×{l.Price:0.##########}={l.Amount}"))) + $" = {bill.Total}"
        : string.Join("; ", bill.Findings.Select(f => f.Code));

    static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "OpenHall.slnx"))) at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("OpenHall.slnx");
        return at;
    }
}
