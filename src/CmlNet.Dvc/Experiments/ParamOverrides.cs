using System.Globalization;
using System.Text;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Experiments;

/// <summary>
/// Values given with <c>-S</c>: <c>a.b=1</c> changes, <c>+a=1</c> adds, <c>++a=1</c> does either, <c>~a</c> removes,
/// <c>file.yaml:key=value</c> names a file. <c>a=1,2</c>, <c>choice(…)</c> and <c>range(…)</c> stand for several experiments.
/// </summary>
public sealed class ParamOverrides
{
    private const int MostExperiments = 10_000;
    private readonly List<(string File, string Key, char Kind, string Value)> _items;

    private ParamOverrides(List<(string File, string Key, char Kind, string Value)> items) => _items = items;

    /// <summary>As given.</summary>
    public IReadOnlyList<string> Texts => [.. _items.Select(item => $"{item.File}:{item.Key}={item.Value}")];

    /// <summary>One for each combination of the values given.</summary>
    /// <exception cref="DvcException">One cannot be understood.</exception>
    public static IReadOnlyList<ParamOverrides> Parse(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        List<List<(string File, string Key, char Kind, string Value)>> combinations = [[]];
        foreach (string text in texts)
        {
            (string file, string key, char kind, string? value) = Split(text);
            List<string> values = value is null ? [""] : Sweep(value, text);
            if ((long)combinations.Count * values.Count > MostExperiments)
                throw new DvcException($"'{text}': more than {MostExperiments} experiments");
            combinations = [.. combinations.SelectMany(combination => values.Select(one => new List<(string File, string Key, char Kind, string Value)>([.. combination, (file, key, kind, one)])))];
        }

        return [.. combinations.Select(combination => new ParamOverrides(combination))];
    }

    /// <summary>Changes the parameter files of a project: all of them, or none when one cannot be changed.</summary>
    /// <param name="root">Absolute path of the project.</param>
    /// <exception cref="DvcException">A key is not there (or is, for <c>+</c>), or a file cannot be changed.</exception>
    public void Apply(string root)
    {
        var written = new List<(string Path, string Text)>();
        foreach (IGrouping<string, (string File, string Key, char Kind, string Value)> file in _items.GroupBy(item => item.File, StringComparer.Ordinal))
        {
            string full = Path.GetFullPath(Path.Combine(root, file.Key));
            new RepositoryBounds(root).CheckWritten(full);
            if (!full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(full))
                throw new DvcException($"parameter file '{file.Key}' is not in the project");
            string text = File.ReadAllText(full);
            foreach ((string _, string key, char kind, string value) in file)
            {
                string[] path = key.Split('.');
                DvcValue? now = kind == '~' ? null : Literal(value);
                DvcValue changed = Set(ParamsFile.Read(file.Key, Encoding.UTF8.GetBytes(text)), path, kind, now, key);
                text = ParamsEditor.Set(file.Key, text, path, now, changed);
            }

            written.Add((full, text));
        }

        foreach ((string path, string text) in written)
            AtomicFile.Write(path, text);
    }

    private static (string File, string Key, char Kind, string? Value) Split(string text)
    {
        string rest = text;
        string file = "params.yaml";
        int equals = text.IndexOf('=', StringComparison.Ordinal), colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && (equals < 0 || colon < equals))
            (file, rest) = (text[..colon], text[(colon + 1)..]);
        char kind = rest.StartsWith("++", StringComparison.Ordinal) ? '*' : rest.StartsWith('+') ? '+' : rest.StartsWith('~') ? '~' : '=';
        rest = rest.TrimStart('+', '~');
        equals = rest.IndexOf('=', StringComparison.Ordinal);
        if (rest.Length == 0 || equals == 0 || (equals < 0 && kind != '~'))
            throw new DvcException($"'{text}' is no change of a parameter; write key=value, +key=value, ++key=value or ~key");
        return (file, equals < 0 ? rest : rest[..equals], kind, kind == '~' ? null : rest[(equals + 1)..]);
    }

    private static List<string> Sweep(string value, string text)
    {
        if (value.StartsWith("choice(", StringComparison.Ordinal) && value.EndsWith(')'))
            return Parts(value["choice(".Length..^1]);
        if (value.StartsWith("range(", StringComparison.Ordinal) && value.EndsWith(')'))
            return Range(Parts(value["range(".Length..^1]), text);
        return Parts(value);
    }

    private static List<string> Range(List<string> parts, string text)
    {
        double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw new DvcException($"'{text}': range takes numbers"))];
        (double start, double stop, double step) = numbers switch
        {
            [var end] => (0, end, 1),
            [var begin, var end] => (begin, end, 1),
            [var begin, var end, var by] => (begin, end, by),
            _ => throw new DvcException($"'{text}': range takes one, two or three numbers"),
        };
        double count = Math.Ceiling((stop - start) / step);
        if (step == 0 || !double.IsFinite(count) || count > MostExperiments)
            throw new DvcException($"'{text}': the range does not end, or has more than {MostExperiments} values");
        bool isWhole = parts.TrueForAll(part => long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        return [.. Enumerable.Range(0, (int)Math.Max(0, count)).Select(i => isWhole ? ((long)(start + i * step)).ToString(CultureInfo.InvariantCulture) : PythonText.Float(start + i * step))];
    }

    // Commas inside brackets or quotes belong to a value.
    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        int depth = 0, start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '[' or '{' or '(')
                depth++;
            else if (c is ']' or '}' or ')')
                depth--;
            else if (c == ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    private static DvcValue Literal(string text)
    {
        if (text.Length == 0)
            return DvcValue.Of("");
        try
        {
            DvcValue value = YamlValueReader.Read(text);
            // A map or list has brackets here; "a: b" and "- a" are text.
            return value.Kind is DvcValueKind.Map or DvcValueKind.List && text.TrimStart()[0] is not ('{' or '[') ? DvcValue.Of(text) : value;
        }
        catch (DvcFormatException)
        {
            return DvcValue.Of(text);
        }
    }

    private static DvcValue Set(DvcValue value, string[] path, char kind, DvcValue? now, string key)
    {
        DvcValue? old = value.Find(path[0]);
        if (path.Length > 1)
        {
            if (old is null && kind is not ('+' or '*'))
                throw NotThere(key);
            DvcValue inner = Set(old ?? DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()), path[1..], kind, now, key);
            return Put(value, path[0], inner);
        }

        if (old is null && kind is ('=' or '~'))
            throw NotThere(key);
        if (old is not null && kind == '+')
            throw new DvcException($"parameter '{key}' is there already; change it with {key}=VALUE");
        return Put(value, path[0], now);
    }

    private static DvcValue Put(DvcValue map, string key, DvcValue? value)
    {
        var entries = new List<KeyValuePair<string, DvcValue>>(map.Entries);
        int at = entries.FindIndex(entry => entry.Key == key);
        if (at >= 0)
            entries.RemoveAt(at);
        if (value is not null)
            entries.Insert(at >= 0 ? at : entries.Count, KeyValuePair.Create(key, value));
        return DvcValue.Of(entries);
    }

    private static DvcException NotThere(string key) => new($"parameter '{key}' is not there; add it with +{key}=VALUE");
}
