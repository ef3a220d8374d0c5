using OpenHall.App;

namespace OpenHall.Payments;

public sealed class PaymentsModule : Module;
