namespace OpenHall.App;

public static class MenuOfPerson
{
    /// <summary>Pages that the person may open, as the menu and the palette show them.</summary>
    public static IEnumerable<MenuPage> MenuOf(this Modules modules, Current current) =>
        current.IsSignedIn ? modules.Menu.Where(p => p.Permission is null || current.Can(p.Permission)) : [];
}
