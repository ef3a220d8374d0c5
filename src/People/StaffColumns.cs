using Microsoft.AspNetCore.Components;
using OpenHall.App;

namespace OpenHall.People;

/// <summary>Columns of the staff list, on screen and in its export.</summary>
static class StaffColumns
{
    public static IReadOnlyList<Column<StaffQuery.Row>> Of(Texts l, RenderFragment<StaffQuery.Row>? state = null) =>
    [
        new("number", l["signin.staff_number"], r => r.StaffNumber) { Sorts = true },
        new("name", l["people.name"], r => r.Name) { Sorts = true },
        new("posts", l["people.posts"], r => r.Posts),
        new("hall", l["people.hall"], r => r.Hall),
        new("unit", l["people.unit"], r => r.UnitPath) { Sorts = true },
        new("scope", l["people.scope"], r => l["people.scope." + r.Scope]),
        new("state", l["people.state"], r => l["people.state." + r.State]) { Cell = state },
        new("last", l["people.last_sign_in"], r => r.LastSignInUtc),
        new("totp", l["people.two_steps"], r => l[r.HasTotp ? "field.yes" : "field.no"]) { IsExtra = true },
    ];

    public static BadgeKind KindOf(string state) => state switch { "active" => BadgeKind.Good, "locked" => BadgeKind.Bad, "new" => BadgeKind.Now, _ => BadgeKind.Done };
}
