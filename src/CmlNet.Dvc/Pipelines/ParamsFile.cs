using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>The values of a parameter file. One that holds nothing, or nothing but 0 or false, is an empty map, as DVC has it.</summary>
public static class ParamsFile
{
    private static readonly DvcValue Empty = DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>());

    /// <exception cref="DvcException">The file cannot be read as what its suffix promises.</exception>
    public static DvcValue Read(string path, byte[] content)
    {
        try
        {
            string text = Encoding.UTF8.GetString(content);
            if (text.AsSpan().Trim().IsEmpty)
                return Empty;
            DvcValue value = path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? TomlValueReader.Read(text)
                : path.EndsWith(".py", StringComparison.OrdinalIgnoreCase) ? PythonValueReader.Read(text)
                : ValueFile.Read(path, text);
            return value.Kind == DvcValueKind.Map ? value : Empty;
        }
        catch (DvcFormatException e)
        {
            throw new DvcException($"{path}:{e.Line}:{e.Column}: {e.Message}", innerException: e);
        }
    }

    /// <summary>The value at a dotted path; null when there is none. A key with dots in it counts as written, too.</summary>
    public static DvcValue? Find(DvcValue root, string key)
    {
        if (root.Find(key) is { } direct)
            return direct;
        for (int dot = key.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = key.IndexOf('.', dot + 1))
        {
            if (root.Find(key[..dot]) is { } inner && Find(inner, key[(dot + 1)..]) is { } found)
                return found;
        }

        return root.Kind == DvcValueKind.List && int.TryParse(key, out int index) ? root.Items.ElementAtOrDefault(index) : null;
    }

    /// <summary>Python's equality: 1, 1.0 and True are the same, NaN is not itself; maps in any order.</summary>
    public static bool AreEqual(DvcValue one, DvcValue other)
    {
        if (AsNumber(one) is { } a && AsNumber(other) is { } b)
            return one.Kind == DvcValueKind.Integer && other.Kind == DvcValueKind.Integer ? one.Integer == other.Integer : a == b;
        return one.Kind == other.Kind && one.Kind switch
        {
            DvcValueKind.Null => true,
            DvcValueKind.Text => one.Text == other.Text,
            DvcValueKind.List => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreEqual(pair.First, pair.Second)),
            DvcValueKind.Map => one.Entries.Count == other.Entries.Count && one.Entries.All(entry => other.Find(entry.Key) is { } value && AreEqual(entry.Value, value)),
            _ => false,
        };
    }

    private static double? AsNumber(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Integer => value.Integer,
        DvcValueKind.Number => value.Number,
        DvcValueKind.Boolean => value.Boolean ? 1 : 0,
        _ => null,
    };
}
