namespace OpenHall.Kernel;

static class Digits
{
    /// <summary>True for ASCII digits only (char.IsDigit takes Arabic and full-width ones as well); true when empty.</summary>
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
