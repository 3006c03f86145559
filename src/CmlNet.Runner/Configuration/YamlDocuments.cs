namespace CmlNet.Runner.Configuration;

/// <summary>Where a file goes on after its first YAML document: what stands there would be read by nobody.</summary>
internal static class YamlDocuments
{
    /// <returns>A line's number; 0 when there is one document only.</returns>
    /// <remarks>A line that begins with <c>---</c> or <c>...</c> is a marker wherever it stands, in a block of text too (YAML 1.2.2, 9.1.2).</remarks>
    public static int FindSecond(string text)
    {
        int number = 0, second = 0;
        bool hasContent = false, hasEnded = false;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (IsMarker(line, "---"))
            {
                if (hasContent || hasEnded)
                    second = second == 0 ? number : second;
                hasContent |= HasContent(line[3..]);
                if (second > 0 && HasContent(line[3..]))
                    return second;
            }
            else if (IsMarker(line, "..."))
            {
                hasEnded |= hasContent;
            }
            else if (HasContent(line) && (hasContent || line[0] != '%'))
            {
                if (second > 0 || hasEnded)
                    return second > 0 ? second : number;
                hasContent = true;
            }
        }

        return 0; // markers at the end with nothing behind them hide nothing
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) => line.StartsWith(marker, StringComparison.Ordinal) && (line.Length == marker.Length || line[marker.Length] is ' ' or '\t');

    private static bool HasContent(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> rest = line.TrimStart(" \t");
        return rest.Length > 0 && rest[0] != '#';
    }
}
