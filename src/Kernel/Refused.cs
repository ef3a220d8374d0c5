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

    /// <summary>Further mistakes of the same form, told together with this one.</summary>
    public IReadOnlyList<Refused> Others { get; private init; } = [];

    /// <summary>This mistake and the others, in the order they were found.</summary>
    public IEnumerable<Refused> All => Others.Prepend(this);

    /// <summary>Refuses with all mistakes of a form at once; does nothing when there is none.</summary>
    public static void IfAny(IReadOnlyList<Refused> mistakes)
    {
        if (mistakes.Count == 0) return;
        throw new Refused(mistakes[0].Code, [.. mistakes[0].Values]) { Field = mistakes[0].Field, Others = [.. mistakes.Skip(1)] };
    }

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
