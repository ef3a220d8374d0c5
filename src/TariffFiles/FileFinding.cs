namespace OpenHall.TariffFiles;

/// <summary>Something wrong in a pack's file.</summary>
/// <param name="File">Path of the file as given.</param>
/// <param name="Line">Line from 1; 0 when the file as a whole is meant.</param>
/// <param name="Code">Stable code; its sentence stands in texts.yaml of this module.</param>
/// <param name="Values">What the sentence names.</param>
public sealed record FileFinding(string File, int Line, string Code, params IReadOnlyList<object> Values)
{
    /// <summary><c>file:line: sentence</c>, as editors and build logs understand it.</summary>
    /// <param name="chinese">Chinese sentence, else English.</param>
    public string Message(bool chinese) => $"{File}:{Line}: {FindingTexts.Of(Code, Values, chinese)}";

    public override string ToString() => Message(chinese: false);
}
