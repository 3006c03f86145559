namespace CmlNet.Dvc.Values.Editing;

/// <summary>Changes one value of a YAML or JSON text and nothing else of it: comments, blank lines, quotes and anchors stay as the user wrote them.</summary>
internal static class YamlEdit
{
    /// <summary>Null when it cannot be done in place. Whoever calls reads the result again to see that it says what it should.</summary>
    /// <param name="text">The file.</param>
    /// <param name="path">Keys from the root on.</param>
    /// <param name="value">Null takes the key out.</param>
    /// <param name="isJson">Values are written as JSON.</param>
    public static string? Set(string text, IReadOnlyList<string> path, DvcValue? value, bool isJson)
    {
        if (YamlNode.Read(text) is not { Entries: not null } root)
            return null;
        YamlNode parent = root;
        int depth = 0;
        while (depth < path.Count && parent.Find(path[depth]) is { } entry)
        {
            if (depth == path.Count - 1)
                return value is null ? Remove(text, parent, entry.Key, entry.Value, isJson) : Replace(text, entry.Value, value, isJson);
            if (entry.Value.Entries is null)
                return null;
            parent = entry.Value;
            depth++;
        }

        return value is null ? null : Insert(text, parent, path[depth], Nested(path, depth + 1, value), isJson);
    }

    private static DvcValue Nested(IReadOnlyList<string> path, int from, DvcValue value)
    {
        for (int i = path.Count - 1; i >= from; i--)
            value = DvcValue.Of([KeyValuePair.Create(path[i], value)]);
        return value;
    }

    private static string? Replace(string text, YamlNode old, DvcValue value, bool isJson)
    {
        if (old.IsBlock)
            return null;
        string written = isJson ? PythonText.Json(value, sortKeys: false) : YamlText.Inline(value);
        return string.Concat(text.AsSpan(0, old.Start), old.Start == old.End ? " " : "", written, text.AsSpan(old.End));
    }

    private static string? Insert(string text, YamlNode parent, string key, DvcValue value, bool isJson)
    {
        if (parent.Entries is not { Count: > 0 } entries)
            return null;
        (YamlNode first, YamlNode last) = (entries[0].Key, entries[^1].Value);
        int lineStart = LineStart(text, first.Start);
        ReadOnlySpan<char> before = text.AsSpan(lineStart, first.Start - lineStart);
        bool isOnOwnLine = before.IsWhiteSpace();
        if (parent.IsFlow)
        {
            string entry = isJson ? PythonText.Json(DvcValue.Of([KeyValuePair.Create(key, value)]), sortKeys: false)[1..^1] : YamlText.Inline(DvcValue.Of([KeyValuePair.Create(key, value)]))[1..^1];
            return string.Concat(text.AsSpan(0, last.LastEnd), isOnOwnLine ? $",\n{before}" : ", ", entry, text.AsSpan(last.LastEnd));
        }

        if (!isOnOwnLine)
            return null;
        string indent = before.ToString();
        string block = string.Concat(YamlText.Write(DvcValue.Of([KeyValuePair.Create(key, value)])).TrimEnd('\n').Split('\n').Select(line => $"{indent}{line}\n"));
        int at = NextLine(text, last.LastEnd);
        return string.Concat(text.AsSpan(0, at), at > 0 && text[at - 1] != '\n' ? "\n" : "", block, text.AsSpan(at));
    }

    // Only whole lines are taken out; anything else is written anew.
    private static string? Remove(string text, YamlNode parent, YamlNode key, YamlNode value, bool isJson)
    {
        int start = LineStart(text, key.Start);
        return isJson || parent.IsFlow || !text.AsSpan(start, key.Start - start).IsWhiteSpace() ? null : string.Concat(text.AsSpan(0, start), text.AsSpan(NextLine(text, value.LastEnd)));
    }

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    // A literal block ends behind its last line end already.
    private static int NextLine(string text, int at) => at > 0 && text[at - 1] == '\n' ? at : text.IndexOf('\n', at) is >= 0 and int end ? end + 1 : text.Length;
}
