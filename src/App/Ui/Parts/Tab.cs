namespace OpenHall.App;

/// <param name="Count">Things in the tab; null: not counted.</param>
public sealed record Tab(string Href, string Text, long? Count = null);
