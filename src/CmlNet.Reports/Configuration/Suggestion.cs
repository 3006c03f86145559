namespace CmlNet.Reports.Configuration;

/// <summary>What was probably meant, by edit distance.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary><c>, did you mean 'x'?</c>, or nothing when no known word is near.</summary>
    public static string For(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
            return "";
        (string Word, int Distance)? best = known.Select(candidate => ((string, int)?)(candidate, Distance(word.ToLowerInvariant(), candidate))).MinBy(candidate => candidate!.Value.Item2); // never null: just made
        return best is { } near && near.Distance <= Math.Max(1, near.Word.Length / 3) ? $"; did you mean '{near.Word}'?" : "";
    }

    // Levenshtein's distance with swapped neighbours counted as one edit.
    internal static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
