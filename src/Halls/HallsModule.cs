using OpenHall.App;

namespace OpenHall.Halls;

public sealed class HallsModule : Module;
