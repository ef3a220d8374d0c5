using OpenHall.App;

namespace OpenHall.Reports;

public sealed class ReportsModule : Module;
