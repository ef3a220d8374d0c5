using System.Collections;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OpenHall.Tests.Modules;

public class FormTests
{
    /// <summary>A browser sends nothing for a list of boxes of which none is ticked, and the form reader refuses a record whose constructor parameter was not sent. (A single box of ours sends its no.)</summary>
    [Fact]
    public async Task What_a_form_may_leave_out_is_no_constructor_parameter()
    {
        await using var hall = await BothDatabasesAttribute.OnSqlite();
        await hall.Start();
        var forms = hall.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .SelectMany(e => e.Metadata.OfType<IParameterBindingMetadata>())
            .Where(p => p.ParameterInfo.IsDefined(typeof(FromFormAttribute), true))
            .Select(p => p.ParameterInfo.ParameterType)
            // A single field is read by itself; only records are made by their constructor.
            .Where(t => t.Assembly != typeof(string).Assembly).Distinct().ToList();
        Assert.NotEmpty(forms);
        var wrong = forms.SelectMany(f => f.GetConstructors().SelectMany(c => c.GetParameters())
            .Where(p => p.ParameterType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(p.ParameterType))
            .Select(p => $"{f}: {p.Name}"));
        Assert.Empty(wrong);
    }
}
