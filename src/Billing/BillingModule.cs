using OpenHall.App;

namespace OpenHall.Billing;

public sealed class BillingModule : Module;
