using System.Globalization;

namespace CmlNet.Dvc.Values.Editing;

/// <summary>Changes one value of a TOML or Python text and nothing else of it.</summary>
internal static class LiteralEdit
{
    /// <summary>Null when it cannot be done. Whoever calls reads the result again to see that it says what it should.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Keys from the root on.</param>
    /// <param name="value">Null takes the key out.</param>
    /// <param name="isPython">Python; else TOML.</param>
    public static string? Set(string text, IReadOnlyList<string> path, DvcValue? value, bool isPython)
    {
        var found = new List<(IReadOnlyList<string> Path, int Start, int End)>();
        if (isPython)
            PythonValueReader.Read(text, (keys, start, end) => found.Add((keys, start, end)));
        else
            TomlValueReader.Read(text, (keys, start, end) => found.Add((keys, start, end)));
        // Of one that is assigned several times the last counts.
        int at = found.FindLastIndex(item => item.Path.SequenceEqual(path, StringComparer.Ordinal));
        if (value is null)
            return at < 0 || isPython ? null : WithoutLines(text, found[at].Start, found[at].End);
        if ((isPython ? PythonText.Repr(value) : Toml(value)) is not { } written)
            return null;
        if (at >= 0)
            return string.Concat(text.AsSpan(0, found[at].Start), written, text.AsSpan(found[at].End));
        if (isPython)
            return null;
        string line = $"{Key(path[^1])} = {written}\n";
        int beside = found.FindLastIndex(item => item.Path.Count == path.Count && item.Path.Take(path.Count - 1).SequenceEqual(path.Take(path.Count - 1), StringComparer.Ordinal));
        if (beside >= 0)
            return InsertAfter(text, found[beside].End, line);
        string ended = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        return path.Count == 1 ? line + ended : $"{ended}\n[{string.Join('.', path.Take(path.Count - 1).Select(Key))}]\n{line}";
    }

    private static string InsertAfter(string text, int at, string line)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? $"{text}\n{line}" : string.Concat(text.AsSpan(0, end + 1), line, text.AsSpan(end + 1));
    }

    private static string WithoutLines(string text, int start, int end)
    {
        int from = text.LastIndexOf('\n', start - 1) + 1, to = text.IndexOf('\n', end);
        return string.Concat(text.AsSpan(0, from), to < 0 ? "" : text.AsSpan(to + 1));
    }

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? key : YamlText.DoubleQuoted(key);

    // TOML has no null.
    private static string? Toml(DvcValue value)
    {
        switch (value.Kind)
        {
            case DvcValueKind.Boolean:
                return value.Boolean ? "true" : "false";
            case DvcValueKind.Integer:
                return value.Integer.ToString(CultureInfo.InvariantCulture);
            case DvcValueKind.Number:
                return PythonText.Float(value.Number);
            case DvcValueKind.Text:
                return YamlText.DoubleQuoted(value.Text);
            case DvcValueKind.List:
                List<string?> items = [.. value.Items.Select(Toml)];
                return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
            case DvcValueKind.Map:
                List<string?> entries = [.. value.Entries.Select(entry => Toml(entry.Value) is { } inner ? $"{Key(entry.Key)} = {inner}" : null)];
                return entries.Contains(null) ? null : $"{{{string.Join(", ", entries)}}}";
            default:
                return null;
        }
    }
}
