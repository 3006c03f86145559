namespace CmlNet.Publishing.Http;

/// <summary>The <c>Link</c> header of RFC 8288, as far as pagination needs it.</summary>
internal static class LinkHeader
{
    /// <summary>The target whose <c>rel</c> is <c>next</c>; null when there is none.</summary>
    public static string? Next(string? header)
    {
        int at = 0;
        while (header is not null && at < header.Length)
        {
            int open = header.IndexOf('<', at);
            int close = open < 0 ? -1 : header.IndexOf('>', open);
            if (close < 0)
                return null;
            int end = header.IndexOf('<', close);
            string parameters = header[(close + 1)..(end < 0 ? header.Length : end)];
            if (parameters.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase) || parameters.Contains("rel=next", StringComparison.OrdinalIgnoreCase))
                return header[(open + 1)..close];
            at = close + 1;
        }

        return null;
    }
}
