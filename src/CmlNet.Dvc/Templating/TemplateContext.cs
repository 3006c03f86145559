using System.Globalization;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Templating;

/// <summary>The values that <c>${…}</c> can name: parameters beside the <c>dvc.yaml</c>, its vars, and a loop's item. Later ones may add, not redefine.</summary>
internal sealed class TemplateContext
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    private readonly HashSet<(string File, string Key)> _used;

    private TemplateContext(DvcValue values, HashSet<(string File, string Key)> used) => (Values, _used) = (values, used);

    public static TemplateContext Empty => new(DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()), []);

    public DvcValue Values { get; private set; }

    /// <summary>What was asked for so far, here and in clones: the file it came from, and its dotted key there.</summary>
    public IReadOnlyCollection<(string File, string Key)> Used => _used;

    public TemplateContext Clone()
    {
        var clone = new TemplateContext(Values, _used);
        foreach ((string key, string source) in _sources)
            clone._sources[key] = source;
        return clone;
    }

    /// <summary>Adds values, map into map.</summary>
    /// <exception cref="DvcException">A value is already there.</exception>
    public void Merge(DvcValue values, string source)
    {
        Values = Merge(Values, values, "", source);
        foreach ((string key, _) in values.Entries)
            _sources.TryAdd(key, source);
    }

    /// <summary>Sets a loop's own value, over whatever has its name.</summary>
    public void Set(string name, DvcValue value) => Values = DvcValue.Of([.. Values.Entries.Where(entry => entry.Key != name), KeyValuePair.Create(name, value)]);

    /// <summary>The value at a path such as <c>a.b[0].c</c>.</summary>
    /// <exception cref="DvcException">There is none.</exception>
    public DvcValue Find(string expression, string where)
    {
        string path = expression.Trim();
        DvcValue current = Values;
        string[] parts = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        foreach (string part in parts)
        {
            DvcValue? next = current.Kind == DvcValueKind.List && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? current.Items.ElementAtOrDefault(index)
                : current.Find(part);
            current = next ?? throw new DvcException($"{where}: could not find '{path}'; it is neither in params.yaml nor in vars");
        }

        if (_sources.TryGetValue(parts[0], out string? source))
            _used.Add((source, string.Join('.', parts)));
        return current;
    }

    private static DvcValue Merge(DvcValue into, DvcValue from, string path, string source)
    {
        var entries = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        foreach ((string key, DvcValue value) in into.Entries)
            entries[key] = value;
        foreach ((string key, DvcValue value) in from.Entries)
        {
            string at = path.Length == 0 ? key : $"{path}.{key}";
            if (!entries.TryGetValue(key, out DvcValue? known))
                entries[key] = value;
            else if (known.Kind == DvcValueKind.Map && value.Kind == DvcValueKind.Map)
                entries[key] = Merge(known, value, at, source);
            else
                throw new DvcException($"cannot redefine '{at}' from '{source}': it is already defined; rename one of the two");
        }

        return DvcValue.Of([.. entries]);
    }
}
