namespace OpenHall.Kernel;

/// <summary>The business says no. Rolls the command back and becomes one sentence in Chinese or English.</summary>
/// <param name="code">Stable code, <c>noun.reason</c>; its sentence stands in <c>src/App/refusals.yaml</c> (a test finds codes without one).</param>
/// <param name="values">What the sentence names, in the order of its places {0}, {1} …; amounts as <see cref="Money"/>.</param>
public sealed class Refused(string code, params object[] values) : Exception(code)
{
    public string Code { get; } = code;

    public IReadOnlyList<object> Values { get; } = values;

    /// <summary>Name of the form field that the refusal is about; null when it is about the whole.</summary>
    public string? Field { get; init; }

    public static void If(bool condition, string code, params object[] values)
    {
        if (condition) throw new Refused(code, values);
    }

    /// <summary>Refuses because of one field of the form, so that the sentence stands beside it.</summary>
    public static void IfField(bool condition, string field, string code, params object[] values)
    {
        if (condition) throw new Refused(code, values) { Field = field };
    }
}
