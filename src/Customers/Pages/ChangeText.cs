using OpenHall.Kernel;

namespace OpenHall.Customers;

/// <summary>A changed value as it may be shown in a history: personal data masked.</summary>
public static class ChangeText
{
    public static string Of(CustomerChange change, string value) => value.Length == 0 ? "–" : change.Field switch
    {
        "Name" => Masked.Name(value),
        "Phone" => Masked.Phone(value),
        "PaperNumber" => Masked.ResidentId(value),
        "Address" => Masked.Address(value),
        _ => value,
    };
}
