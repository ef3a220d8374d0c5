namespace OpenHall.Reception;

/// <summary>Opening hours as a notice shows them.</summary>
static class Hours
{
    /// <param name="periods"><c>08:30-12:00 13:30-17:30</c>.</param>
    /// <returns>08:30–12:00 · 13:30–17:30.</returns>
    public static string Shown(string periods) => periods.Replace('-', '–').Replace(" ", " · ", StringComparison.Ordinal);
}
