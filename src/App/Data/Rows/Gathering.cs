using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using OpenHall.Kernel;

namespace OpenHall.App;

/// <summary>What a much-used command decides on, named before it decides: all of it is read and held in one round trip. Conditions are SQL with the
/// columns' names; values in braces become parameters. Rows are held in the order in which they are named: the order that everybody keeps.</summary>
public sealed class Gathering
{
    private static readonly ConcurrentDictionary<(RowShape Shape, string Condition, string Lock), StatementText> Texts = new();

    private readonly IModel _model;
    private readonly bool _isPostgres, _isShared;
    private readonly List<IGathered> _gathered = [];
    private List<Statement> _statements = [];

    /// <param name="isShared">Others gather in the same transaction: what somebody else holds is not waited for.</param>
    internal Gathering(IModel model, bool isPostgres, bool isShared = false) => (_model, _isPostgres, _isShared) = (model, isPostgres, isShared);

    /// <summary>Something was named besides what was claimed.</summary>
    internal bool HasAny { get; private set; }

    /// <summary>Each row to be held is there.</summary>
    internal bool HasAll => _gathered.All(g => g.HasAll);

    /// <summary>The rows held or claimed.</summary>
    internal IEnumerable<RowKey> Keys => _gathered.SelectMany(g => g.Keys);

    /// <summary>The statements named since the last call.</summary>
    internal IReadOnlyList<Statement> Take()
    {
        var taken = _statements;
        _statements = [];
        return taken;
    }

    /// <summary>Writes of what the command changed in the rows gathered.</summary>
    internal IEnumerable<Statement> Changes() => _gathered.SelectMany(g => g.Changes());

    /// <summary>Claimed rows that are written at the end, where others gather in the same transaction.</summary>
    internal IEnumerable<object> NewRows() => _gathered.Select(g => g.NewRow).OfType<object>();

    /// <summary>Writes a row unless there is one with its key, before anything that is gathered here.</summary>
    internal Claimed<T> Claim<T>(T row) where T : class
    {
        var claimed = new Claimed<T>(RowShape.Of(_model, typeof(T)), row, _isShared);
        _statements.Insert(0, claimed.Statement);
        _gathered.Add(claimed);
        return claimed;
    }

    /// <summary>One row, locked to the end of the command (<see cref="Holding"/>).</summary>
    public Held<T> Hold<T>(FormattableString condition) where T : class => Add<T, Held<T>>(new(RowShape.Of(_model, typeof(T))), condition, _isShared ? "for update skip locked" : "for update");

    /// <summary>All rows that keep the condition; they may be changed, since whoever changes them holds another row first.</summary>
    public Gathered<T> All<T>(FormattableString condition) where T : class => Add<T, Gathered<T>>(new(RowShape.Of(_model, typeof(T))), condition, "");

    private TGathered Add<T, TGathered>(TGathered gathered, FormattableString condition, string toLock) where T : class where TGathered : Gathered<T>
    {
        if (gathered.Shape.IsAccountSide && !condition.Format.Contains("bucket =", StringComparison.Ordinal))
            throw new InvalidOperationException($"{gathered.Shape.Table} is on the account side: say its bucket.");
        var values = condition.GetArguments();
        var kinds = values.Select(v => KindOf(v)).ToArray();
        var text = Texts.GetOrAdd((gathered.Shape, condition.Format, _isPostgres ? toLock : ""), static (key, kinds) =>
            new($"{key.Shape.Select(string.Format(CultureInfo.InvariantCulture, key.Condition, [.. Enumerable.Range(1, kinds.Length).Select(n => "$" + n)]))} {key.Lock}".TrimEnd(), kinds), kinds);
        _statements.Add(new(text, [.. values.Select(v => ByHand.Stored(!_isPostgres, v!))], Read: gathered.Read));
        _gathered.Add(gathered);
        HasAny = true;
        return gathered;
    }

    private static ParameterKind KindOf(object? value) => new(value switch
    {
        Guid => NpgsqlTypes.NpgsqlDbType.Uuid,
        long => NpgsqlTypes.NpgsqlDbType.Bigint,
        short => NpgsqlTypes.NpgsqlDbType.Smallint,
        string => NpgsqlTypes.NpgsqlDbType.Text,
        _ => throw new InvalidOperationException($"{value?.GetType().Name ?? "null"} is no value of a condition."),
    });
}

interface IGathered
{
    IEnumerable<Statement> Changes();
    bool HasAll => true;
    IEnumerable<RowKey> Keys => [];
    object? NewRow => null;
}

/// <summary>A row by its table and the values of its key.</summary>
readonly record struct RowKey(string Table, object? First, object? Second = null, object? Third = null);

/// <summary>Rows that were read by hand, and what they were like then.</summary>
public class Gathered<T> : IGathered where T : class
{
    private readonly List<object?[]> _before = [];
    private readonly List<T> _rows = [];
    private readonly RowShape _shape;

    internal Gathered(RowShape shape) => _shape = shape;

    public IReadOnlyList<T> Rows => _rows;

    internal RowShape Shape => _shape;

    internal async Task Read(DbDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            var row = (T)_shape.Read(reader);
            _rows.Add(row);
            _before.Add(_shape.Values(row));
        }
    }

    IEnumerable<Statement> IGathered.Changes()
    {
        for (var i = 0; i < _rows.Count; i++)
            if (_shape.Update(_before[i], _rows[i]) is { } update) yield return update;
    }
}

/// <summary>A row that is written unless it is there: at once, or at the end where others gather in the same transaction.</summary>
sealed class Claimed<T> : IGathered where T : class
{
    private readonly RowShape _shape;
    private readonly bool _isLater;
    private bool _isThere;

    public Claimed(RowShape shape, T row, bool isLater)
    {
        (_shape, _isLater, Row) = (shape, isLater, row);
        Statement = isLater ? shape.Sought(shape.Values(row), async (reader, ct) => _isThere = await reader.ReadAsync(ct)) : shape.Claimed(shape.Values(row));
    }

    public T Row { get; }

    public Statement Statement { get; }

    /// <summary>It was not there; known after the statement ran.</summary>
    public bool IsFirst => _isLater ? !_isThere : Statement.Touched == 1;

    public IEnumerable<RowKey> Keys => [_shape.KeyOf(Row)];

    public object? NewRow => _isLater ? Row : null;

    IEnumerable<Statement> IGathered.Changes() => !_isLater && IsFirst && _shape.Update(Statement.Values, Row) is { } update ? [update] : [];
}

/// <summary>One row, held.</summary>
public sealed class Held<T> : Gathered<T>, IGathered where T : class
{
    internal Held(RowShape shape) : base(shape) { }

    bool IGathered.HasAll => Rows.Count == 1;

    IEnumerable<RowKey> IGathered.Keys => Rows.Select(r => Shape.KeyOf(r));

    public T? OrNull => Rows.SingleOrDefault();

    /// <exception cref="Refused">There is no such row.</exception>
    public T OrRefuse(string code) => OrNull ?? throw new Refused(code);
}
