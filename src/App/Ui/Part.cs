using Microsoft.AspNetCore.Components;

namespace OpenHall.App;

/// <summary>What every page and part of a page is: shown once, when all it shows is there. Blazor's own components are shown first while they still
/// read; a part that counts on what it read then fails, on PostgreSQL always, on SQLite, whose reads do not wait, never.</summary>
public abstract class Part : ComponentBase
{
    private Task? _gathering;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // Read before the first wait: after it the view is somebody else's.
        parameters.SetParameterProperties(this);
        await (_gathering ??= Gather());
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the part shows; its parameters are set. Once a request.</summary>
    protected virtual Task Gather() => Task.CompletedTask;
}
