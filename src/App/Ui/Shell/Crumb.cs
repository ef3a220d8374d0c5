namespace OpenHall.App;

/// <summary>A page above the open one.</summary>
public sealed record Crumb(string Text, string Href);
