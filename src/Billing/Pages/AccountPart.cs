namespace OpenHall.Billing;

/// <summary>A part of the account's page that a higher module brings, under the bills.</summary>
/// <param name="Component">Razor component with the parameter <c>AccountId</c>.</param>
public sealed record AccountPart(Type Component);
