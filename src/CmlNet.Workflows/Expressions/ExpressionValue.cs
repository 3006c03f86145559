using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Workflows.Expressions;

/// <summary>A value of the expression language. Arrays and objects compare by reference, as on GitHub.</summary>
public abstract class ExpressionValue
{
    private protected ExpressionValue(ValueKind kind) => Kind = kind;

    public ValueKind Kind { get; }

    public static ExpressionValue Null { get; } = new NullValue();

    public static ExpressionValue True { get; } = new BooleanValue(true);

    public static ExpressionValue False { get; } = new BooleanValue(false);

    public static ExpressionValue Of(bool value) => value ? True : False;

    public static ExpressionValue Of(double value) => new NumberValue(value);

    public static ExpressionValue Of(string? value) => value is null ? Null : new StringValue(value);
}

public sealed class NullValue : ExpressionValue
{
    internal NullValue()
        : base(ValueKind.Null)
    {
    }
}

public sealed class BooleanValue(bool value) : ExpressionValue(ValueKind.Boolean)
{
    public bool Value { get; } = value;
}

public sealed class NumberValue(double value) : ExpressionValue(ValueKind.Number)
{
    public double Value { get; } = value;
}

public sealed class StringValue(string value) : ExpressionValue(ValueKind.String)
{
    public string Value { get; } = value;
}

public sealed class ArrayValue(IReadOnlyList<ExpressionValue> items) : ExpressionValue(ValueKind.Array), IReadOnlyList<ExpressionValue>
{
    public int Count => items.Count;

    /// <summary>Came from <c>.*</c>: an index then applies to every item.</summary>
    internal bool IsFiltered { get; init; }

    public ExpressionValue this[int index] => items[index];

    public IEnumerator<ExpressionValue> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An object: keys in insertion order, looked up ignoring case unless built otherwise.</summary>
public sealed class ObjectValue : ExpressionValue, IEnumerable<KeyValuePair<string, ExpressionValue>>
{
    private readonly Dictionary<string, int> _index;
    private readonly List<KeyValuePair<string, ExpressionValue>> _items = [];

    public ObjectValue(bool caseSensitive = false)
        : base(ValueKind.Object) => _index = new(caseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    public int Count => _items.Count;

    public ExpressionValue this[string key]
    {
        get => TryGetValue(key, out ExpressionValue? value) ? value : Null;
        set
        {
            if (_index.TryGetValue(key, out int at))
                _items[at] = new(_items[at].Key, value);
            else
            {
                _index.Add(key, _items.Count);
                _items.Add(new(key, value));
            }
        }
    }

    public void Add(string key, ExpressionValue value) => this[key] = value;

    public void Add(string key, string? value) => this[key] = Of(value);

    /// <summary>A shallow copy that can be changed without changing this one.</summary>
    public ObjectValue Copy()
    {
        var copy = new ObjectValue(_index.Comparer == StringComparer.Ordinal);
        foreach ((string key, ExpressionValue value) in _items)
            copy[key] = value;
        return copy;
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out ExpressionValue? value)
    {
        value = _index.TryGetValue(key, out int at) ? _items[at].Value : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, ExpressionValue>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
