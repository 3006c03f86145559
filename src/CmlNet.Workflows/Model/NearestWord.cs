namespace CmlNet.Workflows.Model;

/// <summary>What somebody may have meant who wrote a word that is not known.</summary>
internal static class NearestWord
{
    /// <summary>The known word that is one or two letters away, a third of the word at most; null when none is.</summary>
    public static string? Of(string word, IReadOnlyList<string> known)
    {
        string? nearest = known.MinBy(candidate => Distance(candidate, word));
        return nearest is not null && Distance(nearest, word) <= Math.Min(2, word.Length / 3) ? nearest : null;
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                int best = Math.Min(diagonal + cost, Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = best;
            }
        }

        return row[b.Length];
    }
}
