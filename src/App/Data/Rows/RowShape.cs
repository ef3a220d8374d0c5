using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OpenHall.App;

/// <summary>A table as the statements written by hand see it: its columns, how a row's values are read off and put together. Made once from EF's
/// model, so that a map stays the only place that says what a table is.</summary>
sealed class RowShape
{
    private const string Annotation = "OpenHall:RowShape";

    private readonly Func<DbDataReader, object> _read;
    private readonly string[] _columns;
    private readonly StatementText _add, _claim;
    private readonly ConcurrentDictionary<int, StatementText> _many = new();
    private readonly Lazy<StatementText> _together;

    private RowShape(IEntityType entity)
    {
        Table = entity.GetTableName()!;
        IsAccountSide = entity.IsAccountSide();
        // Numbers that the database gives are never written.
        Columns = [.. entity.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never || p.ClrType == typeof(Guid)).Select(p => new RowColumn(p))];
        Key = [.. entity.FindPrimaryKey()!.Properties.Select(p => Array.FindIndex(Columns, c => c.Property == p))];
        _columns = [.. Columns.Select(c => c.Name)];
        _add = new($"insert into {Table} ({string.Join(", ", _columns)}) values ({Statement.Places(1, Columns.Length)})", [.. Columns.Select(c => c.Kind)]);
        _claim = _add with { Sql = _add.Sql + " on conflict do nothing" };
        _read = Reader(entity.ClrType, Columns);
        _together = new(() => new($"insert into {Table} ({string.Join(", ", _columns)}) select * from unnest({Statement.Places(1, Columns.Length)})", [.. Columns.Select(c => c.Kind.Many)]));
        Depth = DepthOf(entity);
    }

    public string Table { get; }
    public bool IsAccountSide { get; }
    public RowColumn[] Columns { get; }
    /// <summary>Places of the primary key's columns.</summary>
    public int[] Key { get; }

    /// <summary>How many tables stand one on the other below this one: a table is written after all that it refers to.</summary>
    public int Depth { get; }

    public static RowShape Of(IModel model, Type type)
    {
        var entity = model.FindEntityType(type) ?? throw new InvalidOperationException($"{type} is no table.");
        return entity.GetOrAddRuntimeAnnotationValue(Annotation, static e => new RowShape(e!), entity);
    }

    /// <summary>Everything of the rows that keep a condition.</summary>
    public string Select(string condition) => $"select {string.Join(", ", _columns)} from {Table} where {condition}";

    public object Read(DbDataReader reader) => _read(reader);

    /// <summary>The row's values as they are stored.</summary>
    public object?[] Values(object row)
    {
        var values = new object?[Columns.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Columns[i].Stored(row);
        return values;
    }

    /// <summary>Writes new rows by one statement.</summary>
    public Statement Added(IReadOnlyList<object> rows)
    {
        if (rows.Count == 1) return new(_add, Values(rows[0]), Rows: 1);
        var text = _many.GetOrAdd(rows.Count, static (count, shape) => new(
            shape._add.Sql + string.Concat(Enumerable.Range(1, count - 1).Select(n => $", ({Statement.Places(n * shape.Columns.Length + 1, shape.Columns.Length)})")),
            [.. Enumerable.Repeat(shape._add.Kinds, count).SelectMany(k => k)]), this);
        return new(text, [.. rows.SelectMany(Values)], rows.Count);
    }

    /// <summary>Writes any number of new rows by one statement that is prepared once; PostgreSQL's way.</summary>
    public Statement Together(IReadOnlyList<object> rows) => rows.Count == 1 ? Added(rows) : new(_together.Value, [.. Columns.Select(c => (object)c.Many(rows))], rows.Count);

    /// <summary>Looks whether there is a row with this one's key.</summary>
    public Statement Sought(object?[] values, Func<DbDataReader, CancellationToken, Task> read) =>
        new(new($"select 1 from {Table} where {string.Join(" and ", Key.Select((k, i) => $"{_columns[k]} = ${i + 1}"))}", [.. Key.Select(k => Columns[k].Kind)]), [.. Key.Select(k => values[k])], Read: read);

    public RowKey KeyOf(object row) => new(Table, KeyPart(row, 0), KeyPart(row, 1), KeyPart(row, 2));

    /// <summary>Writes a new row unless there is one with its key: then it touches none.</summary>
    public Statement Claimed(object?[] values) => new(_claim, values);

    /// <summary>Writes what differs from <paramref name="before"/>; null: nothing does.</summary>
    public Statement? Update(object?[] before, object row)
    {
        var now = Values(row);
        var changed = Enumerable.Range(0, now.Length).Where(i => !Equals(before[i], now[i]) && !(before[i] is byte[] old && now[i] is byte[] bytes && old.AsSpan().SequenceEqual(bytes))).ToArray();
        if (changed.Length == 0) return null;
        if (changed.Intersect(Key).Any()) throw new InvalidOperationException($"{Table}: a row's key never changes.");
        int[] places = [.. changed, .. Key];
        var set = string.Join(", ", changed.Select((c, i) => $"{_columns[c]} = ${i + 1}"));
        var where = string.Join(" and ", Key.Select((k, i) => $"{_columns[k]} = ${changed.Length + i + 1}"));
        return new(new($"update {Table} set {set} where {where}", [.. places.Select(p => Columns[p].Kind)]), [.. places.Select(p => now[p])], Rows: 1);
    }

    private object? KeyPart(object row, int part) => part < Key.Length ? Columns[Key[part]].Stored(row) : null;

    private static int DepthOf(IEntityType entity) =>
        entity.GetForeignKeys().Select(k => k.PrincipalEntityType).Where(p => p != entity).Select(p => DepthOf(p) + 1).DefaultIfEmpty(0).Max();

    private static Func<DbDataReader, object> Reader(Type type, RowColumn[] columns)
    {
        var reader = Expression.Parameter(typeof(DbDataReader));
        var row = Expression.Variable(type);
        var constructor = type.GetConstructor(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, []);
        // A row that is only written needs no empty constructor.
        if (constructor is null) return _ => throw new InvalidOperationException($"{type} can't be read by hand: it has no empty constructor.");
        List<Expression> steps = [Expression.Assign(row, Expression.New(constructor))];
        for (var i = 0; i < columns.Length; i++) steps.Add(columns[i].Assign(row, reader, i));
        steps.Add(Expression.Convert(row, typeof(object)));
        return Expression.Lambda<Func<DbDataReader, object>>(Expression.Block([row], steps), reader).Compile();
    }
}

/// <summary>One column: its name, its kind as the database's client knows it, and the way from the row to what is stored and back.</summary>
sealed class RowColumn
{
    private readonly ValueConverter? _converter;
    private readonly Func<object, object?> _get;
    private readonly Type _element;

    public RowColumn(IProperty property)
    {
        Property = property;
        Name = property.GetColumnName();
        var mapping = property.GetRelationalTypeMapping();
        Kind = ParameterKind.Of(mapping);
        _converter = property.GetValueConverter() ?? mapping.Converter;
        _get = property.GetGetter().GetClrValue;
        var stored = _converter?.ProviderClrType ?? property.ClrType;
        _element = property.IsNullable && stored.IsValueType && Nullable.GetUnderlyingType(stored) is null ? typeof(Nullable<>).MakeGenericType(stored) : stored;
    }

    public IProperty Property { get; }
    public string Name { get; }
    public ParameterKind Kind { get; }

    public object? Stored(object row) => _get(row) is not { } value ? null : _converter is null ? value : _converter.ConvertToProvider(value);

    /// <summary>The column's values of many rows, as an array of their kind.</summary>
    public Array Many(IReadOnlyList<object> rows)
    {
        var values = Array.CreateInstance(_element, rows.Count);
        for (var i = 0; i < rows.Count; i++) values.SetValue(Stored(rows[i]), i);
        return values;
    }

    /// <summary><c>row.Property = reader[place]</c>, through the converter.</summary>
    public Expression Assign(Expression row, Expression reader, int place)
    {
        var own = Nullable.GetUnderlyingType(Property.ClrType) ?? Property.ClrType;
        var stored = _converter?.ProviderClrType ?? own;
        Expression value = Expression.Call(reader, nameof(DbDataReader.GetFieldValue), [stored], Expression.Constant(place));
        if (_converter is not null) value = Expression.Invoke(_converter.ConvertFromProviderExpression, value);
        if (value.Type != Property.ClrType) value = Expression.Convert(value, Property.ClrType);
        if (Property.IsNullable)
            value = Expression.Condition(Expression.Call(reader, nameof(DbDataReader.IsDBNull), [], Expression.Constant(place)), Expression.Default(Property.ClrType), value);
        var member = Property.PropertyInfo is { CanWrite: true } settable ? Expression.Property(row, settable) : Expression.Field(row, Property.FieldInfo!);
        return Expression.Assign(member, value);
    }
}
