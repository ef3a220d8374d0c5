namespace OpenHall.App;

/// <summary>A part of the sign-in page that a module brings: the demo's list of people.</summary>
public interface ISignInHint
{
    /// <summary>A component without parameters.</summary>
    Type Component { get; }
}
