using OpenHall.App;

namespace OpenHall.People;

public sealed class PeopleModule : Module;
