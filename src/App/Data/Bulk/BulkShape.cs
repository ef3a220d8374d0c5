using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace OpenHall.App;

/// <summary>How rows of a table are written one after the other: made once from EF's model, compiled, without a box for each value.</summary>
sealed class BulkShape<T> where T : class
{
    private const string Annotation = "OpenHall:BulkShape";

    private BulkShape(IEntityType entity)
    {
        var columns = entity.GetProperties().ToArray();
        (Table, Columns) = (entity.GetTableName()!, [.. columns.Select(c => c.GetColumnName())]);
        var (row, sink) = (Expression.Parameter(typeof(T)), Expression.Parameter(typeof(RowSink)));
        Write = Expression.Lambda<Action<T, RowSink>>(Expression.Block(columns.Select(c => Put(c, row, sink))), row, sink).Compile();
    }

    public string Table { get; }
    public string[] Columns { get; }
    /// <summary>Puts the row's values into a sink, in the order of the columns.</summary>
    public Action<T, RowSink> Write { get; }

    public static BulkShape<T> Of(IModel model)
    {
        var entity = model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is no table.");
        return entity.GetOrAddRuntimeAnnotationValue(Annotation, static e => new BulkShape<T>(e!), entity);
    }

    private static Expression Put(IProperty property, ParameterExpression row, ParameterExpression sink)
    {
        Expression value = property.PropertyInfo is { } own ? Expression.Property(row, own) : Expression.Field(row, property.FieldInfo ?? throw new InvalidOperationException($"{property} is not in the row."));
        var given = Nullable.GetUnderlyingType(value.Type) is null ? value : Expression.Property(value, nameof(Nullable<>.Value));
        var stored = property.GetTypeMapping().Converter is { } converter
            ? Expression.Invoke(converter.ConvertToProviderExpression, given.Type == converter.ModelClrType ? given : Expression.Convert(given, converter.ModelClrType))
            : given;
        var put = Expression.Call(sink, typeof(RowSink).GetMethod(nameof(RowSink.Put), [stored.Type]) ?? throw new InvalidOperationException($"{property}: rows of {stored.Type} are not written in bulk."), stored);
        if (!property.IsNullable) return put;
        return Expression.IfThenElse(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Call(sink, nameof(RowSink.Null), []), put);
    }
}
