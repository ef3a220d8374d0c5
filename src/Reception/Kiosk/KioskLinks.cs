namespace OpenHall.Reception;

/// <summary>Addresses of the kiosk. Its start is always Chinese: a visitor who chose English is gone.</summary>
static class KioskLinks
{
    public static string Start(string key) => $"/language/zh-CN?back={Uri.EscapeDataString($"/kiosk/{key}")}";
}
