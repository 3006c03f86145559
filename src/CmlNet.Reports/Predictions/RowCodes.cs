namespace CmlNet.Reports.Predictions;

/// <summary>
/// True class and groups of each row in one number. Rows are visited in the order of scores, so that a visit to an array with an entry for each would miss the cache;
/// how many classes and groups can meet is mostly few enough that tables of all of them do not.
/// </summary>
internal sealed class RowCodes
{
    private const int MostCombinations = 1 << 16;

    /// <param name="actual">The true class of each row.</param>
    /// <param name="classes">How many there are.</param>
    /// <param name="groupings">The group of each row, by grouping; null puts all into one.</param>
    /// <param name="counts">How many groups each grouping has.</param>
    /// <param name="areApart">Rows of one class and group still differ: each has a code of its own.</param>
    public RowCodes(int[] actual, int classes, IReadOnlyList<int[]?> groupings, IReadOnlyList<int> counts, bool areApart)
    {
        long combinations = counts.Aggregate((long)classes, (product, count) => Math.Min(int.MaxValue, product * Math.Max(1, count)));
        bool isSmall = !areApart && combinations <= MostCombinations;
        Codes = isSmall ? [.. actual] : [.. Enumerable.Range(0, actual.Length)];
        Labels = isSmall ? new int[combinations] : actual;
        Groups = [.. groupings.Select(groups => isSmall || groups is null ? new int[Labels.Length] : groups)];
        if (!isSmall)
            return;
        for (int code = 0; code < Labels.Length; code++)
            Labels[code] = code % classes;
        int factor = classes;
        for (int g = 0; g < groupings.Count; g++)
        {
            for (int code = 0; code < Labels.Length; code++)
                Groups[g][code] = code / factor % Math.Max(1, counts[g]);
            if (groupings[g] is { } groups)
            {
                for (int row = 0; row < Codes.Length; row++)
                    Codes[row] += groups[row] * factor;
            }

            factor *= Math.Max(1, counts[g]);
        }
    }

    /// <summary>The code of each row.</summary>
    public int[] Codes { get; }

    /// <summary>The true class that each code stands for.</summary>
    public int[] Labels { get; }

    /// <summary>By grouping, the group that each code stands for.</summary>
    public int[][] Groups { get; }
}
