using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Something that files can belong to. A module registers it as a singleton.</summary>
/// <param name="SeePermission">Needed to list and fetch.</param>
/// <param name="AddPermission">Needed to attach.</param>
public sealed record AttachmentOwner(string Kind, string SeePermission, string AddPermission);

/// <summary>Who may see and add files, by what they belong to.</summary>
public sealed class AttachmentOwners(IEnumerable<AttachmentOwner> owners, Current current)
{
    public bool MaySee(string kind) => current.Can(Of(kind).SeePermission);

    public bool MayAdd(string kind) => current.Can("attachments.add") && current.Can(Of(kind).AddPermission);

    /// <exception cref="Refused">attachment.owner_unknown</exception>
    public AttachmentOwner Of(string kind) => owners.FirstOrDefault(o => o.Kind == kind) ?? throw new Refused("attachment.owner_unknown");
}
