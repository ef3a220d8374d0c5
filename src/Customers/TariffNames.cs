using OpenHall.App;
using OpenHall.Rating;

namespace OpenHall.Customers;

/// <summary>Names of tariffs in the reader's language.</summary>
public static class TariffNames
{
    public static string Of(Tariffs tariffs, string code) => tariffs.Find(code) is { } tariff ? Of(tariff.Tariff.Name) : code;

    public static string Of(Kernel.Bilingual name) => Texts.IsEnglish ? name.En : name.Zh;
}
