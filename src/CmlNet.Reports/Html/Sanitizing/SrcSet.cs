namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>The candidate list of a <c>srcset</c> attribute, read as the HTML standard says.</summary>
internal static class SrcSet
{
    /// <summary>Addresses with their descriptor (<c>2x</c>, <c>640w</c>, or empty), in order. Unknown descriptors are left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string value)
    {
        var candidates = new List<KeyValuePair<string, string>>();
        var position = 0;
        while (true)
        {
            while (position < value.Length && (char.IsWhiteSpace(value[position]) || value[position] == ','))
                position++;
            if (position >= value.Length)
                return candidates;
            var start = position;
            while (position < value.Length && !char.IsWhiteSpace(value[position]))
                position++;
            var url = value[start..position];
            var descriptor = "";
            if (!url.EndsWith(','))
            {
                var end = value.IndexOf(',', position);
                end = end < 0 ? value.Length : end;
                descriptor = value[position..end].Trim();
                position = end;
            }

            candidates.Add(new(url.TrimEnd(','), IsDescriptor(descriptor) ? descriptor : ""));
        }
    }

    /// <summary>The same list with only the addresses an image may have.</summary>
    public static string Sanitize(string value) =>
        string.Join(", ", Parse(value)
            .Select(candidate => (Url: UrlPolicy.Image(candidate.Key), candidate.Value))
            .Where(candidate => !string.IsNullOrEmpty(candidate.Url) && !candidate.Url.Contains(' ', StringComparison.Ordinal))
            .Select(candidate => candidate.Value.Length == 0 ? candidate.Url : candidate.Url + " " + candidate.Value));

    private static bool IsDescriptor(string text) =>
        text.Length is > 1 and < 12 && (text[^1] is 'x' or 'w') && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^2])
        && text[..^1].All(c => c == '.' || char.IsAsciiDigit(c)) && text.Count(c => c == '.') <= 1;
}
