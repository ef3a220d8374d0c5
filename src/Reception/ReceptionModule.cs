using OpenHall.App;

namespace OpenHall.Reception;

public sealed class ReceptionModule : Module;
