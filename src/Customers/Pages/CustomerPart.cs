namespace OpenHall.Customers;

/// <summary>A part of the customer's page that a higher module brings, under the accounts.</summary>
/// <param name="Component">Razor component with the parameter <c>CustomerId</c>.</param>
public sealed record CustomerPart(Type Component);
