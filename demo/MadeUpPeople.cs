using System.Globalization;
using System.Text;

namespace OpenHall.Demo;

/// <summary>Names, telephone numbers and addresses put together by chance from parts; the same seed gives the same people.</summary>
public sealed class MadeUpPeople(string surnames, string given, IReadOnlyList<string> streets, IReadOnlyList<string> estates)
{
    /// <summary>Names of streets, as addresses begin with them after the city.</summary>
    public IReadOnlyList<string> Streets => streets;

    public string Name(Random chance)
    {
        var name = new StringBuilder().Append(surnames[chance.Next(surnames.Length)]).Append(given[chance.Next(given.Length)]);
        if (chance.Next(10) < 7) name.Append(given[chance.Next(given.Length)]);
        return name.ToString();
    }

    /// <summary>199 0 and seven digits that count up: shaped like a number, nobody is meant by it.</summary>
    public static string Phone(int number) => string.Create(CultureInfo.InvariantCulture, $"1990{number:0000000}");

    public string Address(Random chance, string city) => string.Create(CultureInfo.InvariantCulture,
        $"{city}{streets[chance.Next(streets.Count)]}{chance.Next(1, 200)}号{estates[chance.Next(estates.Count)]}{chance.Next(1, 20)}幢{chance.Next(1, 4)}单元{chance.Next(1, 28) * 100 + chance.Next(1, 5)}室");
}
