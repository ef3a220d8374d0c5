using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>Who is at work in this request: filled from the sign-in cookie or the API token, by hand in jobs and the simulator.</summary>
public sealed class Current
{
    public Guid? UserId { get; private set; }
    public string Name { get; private set; } = "";
    public string StaffNumber { get; private set; } = "";
    public IReadOnlyList<string> Posts { get; private set; } = [];
    public IReadOnlySet<string> Permissions { get; private set; } = new HashSet<string>();
    public Guid? HallId { get; private set; }
    public string UnitPath { get; private set; } = "/";
    public DataScope Scope { get; private set; } = DataScope.Self;
    /// <summary>Units seen with <see cref="DataScope.Chosen"/>.</summary>
    public IReadOnlyList<string> ScopeUnits { get; private set; } = [];
    /// <summary>The sign-in this request belongs to; null for programs, jobs and the simulator.</summary>
    public Guid? SessionId { get; private set; }
    public bool IsLocked { get; private set; }
    public bool IsProgram { get; private set; }

    public bool IsSignedIn => UserId is not null;

    public void Become(StaffUser user, IReadOnlySet<string> permissions, Guid? sessionId = null, bool isLocked = false)
    {
        (UserId, Name, StaffNumber, HallId, UnitPath, Scope) = (user.Id, user.DisplayName, user.UserName!, user.HallId, user.UnitPath, user.Scope);
        Posts = user.Posts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ScopeUnits = user.ScopeUnits.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (Permissions, SessionId, IsLocked) = (permissions, sessionId, isLocked);
    }

    /// <summary>An integration at work: name, rights and scope are those of its API token.</summary>
    public void BecomeProgram(Guid tokenId, string name, IReadOnlySet<string> permissions, DataScope scope, string unitPath, Guid? hallId)
    {
        (UserId, Name, StaffNumber, HallId, UnitPath, Scope) = (tokenId, name, name, hallId, unitPath, scope);
        (Permissions, IsProgram) = (permissions, true);
    }

    public bool Can(string permission) => Permissions.Contains(permission);

    /// <exception cref="Refused">signin.needed; permission.missing</exception>
    public void Require(string permission)
    {
        Refused.If(!IsSignedIn, "signin.needed");
        Refused.If(!Can(permission), "permission.missing", permission);
    }

    /// <summary>Tops of what the person's scope covers; with <see cref="DataScope.OwnUnit"/> the unit alone, otherwise all below.</summary>
    public IReadOnlyList<string> UnitsSeen => Scope switch
    {
        DataScope.All => ["/"],
        DataScope.OwnUnit or DataScope.OwnUnitAndBelow => [UnitPath],
        DataScope.Chosen => ScopeUnits,
        _ => [],
    };

    /// <summary>Whether a unit is in the person's data scope. With <see cref="DataScope.Self"/> none is: only one's own rows.</summary>
    public bool Covers(string unitPath) => Scope == DataScope.OwnUnit ? unitPath == UnitPath : UnitsSeen.Any(unit => unitPath.StartsWith(unit, StringComparison.Ordinal));

    /// <exception cref="Refused">scope.outside</exception>
    public void RequireCovers(string unitPath) => Refused.If(!Covers(unitPath), "scope.outside");

    /// <summary>The hall this person works in.</summary>
    /// <exception cref="Refused">hall.none_for_person</exception>
    public Guid RequireHall() => HallId ?? throw new Refused("hall.none_for_person");
}
