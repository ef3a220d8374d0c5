namespace OpenHall.Kernel;

/// <summary>A text of the data (a service, a tariff, a post) in the two languages of the hall.</summary>
/// <param name="Zh">Chinese, shown first.</param>
/// <param name="En">English.</param>
public sealed record Bilingual(string Zh, string En)
{
    public override string ToString() => $"{Zh} {En}";
}
