using OpenHall.App;

namespace OpenHall.Vouchers;

public sealed class VouchersModule : Module;
