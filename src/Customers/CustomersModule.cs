using OpenHall.App;

namespace OpenHall.Customers;

public sealed class CustomersModule : Module;
