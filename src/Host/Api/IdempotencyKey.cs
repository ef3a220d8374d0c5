using System.Collections.Concurrent;
using System.Linq.Expressions;
using OpenHall.App;
using OpenHall.Kernel;

namespace OpenHall.Host.Api;

/// <summary>A command's request id may come as the header <c>Idempotency-Key</c> (a UUID) when its content has none. With neither the
/// command is refused (request.id_missing): without an id a cut line could not be settled.</summary>
sealed class IdempotencyKey : IEndpointFilter
{
    public const string Header = "Idempotency-Key";

    private static readonly ConcurrentDictionary<Type, Action<object, Guid>> Setters = new();

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var command in context.Arguments.OfType<ICommand>().Where(c => c.RequestId == Guid.Empty))
        {
            if (!Guid.TryParse(context.HttpContext.Request.Headers[Header].ToString().Trim('"'), out var key) || key == Guid.Empty) throw new Refused("request.id_missing") { Field = Header };
            Setters.GetOrAdd(command.GetType(), SetterOf)(command, key);
        }

        return await next(context);
    }

    /// <summary>Sets the init-only id of a command that nobody has seen yet.</summary>
    private static Action<object, Guid> SetterOf(Type type)
    {
        var property = type.GetProperty(nameof(ICommand.RequestId))!;
        var (command, id) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(Guid)));
        return Expression.Lambda<Action<object, Guid>>(Expression.Assign(Expression.Property(Expression.Convert(command, type), property), id), command, id).Compile();
    }
}
