namespace OpenHall.App;

/// <summary>Something a person or program wants done. Its content is hashed, so it is a plain record of plain values.</summary>
public interface ICommand
{
    /// <summary>Made when the form opens; sent again, the first answer comes back and nothing is done twice.</summary>
    Guid RequestId { get; }
}

/// <summary>Permission that the command needs; checked by <see cref="Work"/> itself, wherever the command comes from.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>Whoever is signed in may; the handler checks what it is about (one's own account, a request for approval).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsSignInAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}

/// <summary>The command is open to visitors without sign-in (kiosk, rating, first start); the reason says why that is safe.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToVisitorsAttribute(string because) : Attribute
{
    public string Because { get; } = because;
}

/// <summary>Another person, who holds <paramref name="permission"/>, must have approved exactly this content.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FourEyesAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;

    /// <summary>Not asked for while nobody else could approve: the first administrator has to be able to begin.</summary>
    public bool UnlessAlone { get; init; }
}

/// <summary>Hears of an event inside the transaction that raised it; a refusal here rolls everything back.</summary>
public interface IHandle<in TEvent>
{
    Task Handle(TEvent happened, HallDb db, CancellationToken ct);
}
