using System.Globalization;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Something that can be set while the hall runs. Declared by the module that reads it (<see cref="Module.Settings"/>); its words are
/// <c>settings.{Key}</c> and <c>settings.{Key}.hint</c> in texts.yaml.</summary>
/// <param name="Key"><c>module.noun_unit</c>: billing.due_days.</param>
/// <param name="Default">Value until somebody sets another.</param>
public abstract record Setting(string Key, string Default)
{
    public const int MaxLength = 400;

    /// <summary>The value as it is kept.</summary>
    /// <exception cref="Refused">setting.not_a_number, setting.out_of_range, setting.too_long, setting.not_a_choice</exception>
    public abstract string Read(string text);
}

/// <summary>A whole number inside limits.</summary>
/// <param name="Unit">Text key of its unit; null: a count.</param>
public sealed record NumberSetting(string Key, long Value, long Min, long Max, string? Unit = null) : Setting(Key, Value.ToString(CultureInfo.InvariantCulture))
{
    public override string Read(string text)
    {
        if (!long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw new Refused("setting.not_a_number") { Field = "Value" };
        Refused.IfField(number < Min || number > Max, "Value", "setting.out_of_range", Min, Max);
        return number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Yes or no.</summary>
public sealed record FlagSetting(string Key, bool Value) : Setting(Key, Value ? "true" : "false")
{
    public override string Read(string text) => text is "true" or "on" ? "true" : "false";
}

/// <summary>One of several.</summary>
/// <param name="Choices">Values; their words are <c>settings.{Key}.{value}</c>.</param>
public sealed record ChoiceSetting(string Key, string Value, IReadOnlyList<string> Choices) : Setting(Key, Value)
{
    public override string Read(string text)
    {
        Refused.IfField(!Choices.Contains(text), "Value", "setting.not_a_choice");
        return text;
    }
}

/// <summary>A text.</summary>
public sealed record TextSetting(string Key, string Value, int Limit = Setting.MaxLength) : Setting(Key, Value)
{
    public override string Read(string text)
    {
        Refused.IfField(text.Length > Limit, "Value", "setting.too_long", Limit);
        return text.Trim();
    }
}

/// <summary>Address under which the house is reached: scheme, host and port, nothing behind. Empty: not set.</summary>
public sealed record AddressSetting(string Key) : Setting(Key, "")
{
    public override string Read(string text)
    {
        var address = text.Trim().TrimEnd('/');
        var isAddress = address.Length <= MaxLength && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https") && uri.GetLeftPart(UriPartial.Authority) == address;
        Refused.IfField(address.Length > 0 && !isAddress, "Value", "setting.not_an_address");
        return address;
    }
}
