namespace CmlNet.Dvc.Values;

/// <summary>Keeps the comments of a file that is written anew: those before a line go before the same line of the new text, those after a value stay after the key.</summary>
internal static class YamlPatch
{
    /// <param name="old">The file as it is, perhaps with comments of the user's.</param>
    /// <param name="text">What is to be in it, without comments.</param>
    public static string Apply(string old, string text)
    {
        if (!old.Contains('#', StringComparison.Ordinal))
            return text;
        var above = new Dictionary<string, string>(StringComparer.Ordinal);
        var after = new Dictionary<string, string>(StringComparer.Ordinal);
        string pending = "";
        foreach (string line in old.TrimEnd('\n').Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith('#'))
            {
                pending += line + "\n";
                continue;
            }

            string key = KeyOf(line);
            if (pending.Length > 0)
                above.TryAdd(key, pending);
            pending = "";
            // Only a comment that no quote can contain.
            int comment = line.IndexOf(" #", StringComparison.Ordinal);
            if (comment > 0 && !line.AsSpan(0, comment).ContainsAny('\'', '"'))
                after.TryAdd(key, line[comment..]);
        }

        var lines = new List<string>();
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            string key = KeyOf(line);
            lines.Add((above.Remove(key, out string? before) ? before : "") + line + (after.Remove(key, out string? tail) ? tail : ""));
        }

        return string.Join('\n', lines) + "\n" + pending;
    }

    private static string KeyOf(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? line.Trim() : line[..colon].Replace('-', ' ').Trim();
    }
}
