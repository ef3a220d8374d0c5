using OpenHall.App;

namespace OpenHall.Catalog;

public sealed class CatalogModule : Module;
