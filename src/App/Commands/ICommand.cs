using OpenHall.Kernel;

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

    /// <summary>Wanted instead for large amounts, where the command is an <see cref="IAskedByAmount"/>; null: there is no such step.</summary>
    public string? Large { get; init; }
}

/// <summary>Whether another person is asked about a command, and with which right.</summary>
public enum ApprovalNeed { None, Usual, Large }

/// <summary>A command for which the packs say from which amount on another person is asked. The amount is part of its content, so that it is agreed to.</summary>
public interface IAskedByAmount : ICommand
{
    ApprovalNeed NeedOf(IServiceProvider services);
}

/// <summary>Amounts from which on another person is asked, as a pack sets them.</summary>
/// <param name="Above">More than this: the usual right; null: nobody is asked.</param>
/// <param name="LargeAbove">More than this: the larger right; null: never.</param>
public sealed record ApprovalSteps(Money? Above, Money? LargeAbove)
{
    public ApprovalNeed Of(Money amount) => amount > LargeAbove ? ApprovalNeed.Large : amount > Above ? ApprovalNeed.Usual : ApprovalNeed.None;

    /// <summary>From <c>approve: { aboveYuan, largeAboveYuan }</c>; where a pack says nothing, somebody is always asked.</summary>
    public static ApprovalSteps Read(PackNode node)
    {
        var (above, large) = (node.DecimalOrNull("aboveYuan") ?? 0, node.DecimalOrNull("largeAboveYuan"));
        if (above < 0 || large < above) node.Error("aboveYuan is 0 or more, largeAboveYuan not less");
        return new(Money.OfYuan(above), large is { } yuan ? Money.OfYuan(yuan) : null);
    }
}

/// <summary>Hears of an event inside the transaction that raised it; a refusal here rolls everything back.</summary>
public interface IHandle<in TEvent>
{
    Task Handle(TEvent happened, HallDb db, CancellationToken ct);
}
