namespace CmlNet.Reports.Predictions;

/// <summary>Which row of the baseline each row of this run is; or why the two were not evaluated on the same rows.</summary>
/// <param name="OldRows">The baseline's row for each row of this run; null when refused.</param>
/// <param name="Refusal">Why; null when matched.</param>
internal sealed record RowMatch(int[]? OldRows, string? Refusal)
{
    /// <param name="now">This run's rows.</param>
    /// <param name="old">The baseline's rows.</param>
    /// <param name="isSame">Whether the true values of a row of this run and one of the baseline agree.</param>
    public static RowMatch Of(RowDetails now, RowDetails old, Func<int, int, bool> isSame)
    {
        if (now.AreIds != old.AreIds)
            return Refuse("only one of the two files has an id column");
        bool sameOrder = now.Keys.AsSpan().SequenceEqual(old.Keys);
        if (!sameOrder && !now.AreIds)
            return Refuse(now.Keys.Length == old.Keys.Length ? "the rows differ; with an id column they could be told apart" : $"{now.Keys.Length} rows here, {old.Keys.Length} in the baseline");
        string why = "";
        int[]? rows = sameOrder ? [.. Enumerable.Range(0, now.Keys.Length)] : ById(now.Keys, old.Keys, out why);
        if (rows is null)
            return Refuse(why);

        int changed = 0;
        for (int i = 0; i < rows.Length; i++)
            changed += isSame(i, rows[i]) ? 0 : 1;
        return changed == 0 ? new RowMatch(rows, null) : Refuse($"the true value of {changed} of {rows.Length} rows is another than in the baseline");
    }

    private static RowMatch Refuse(string why) => new(null, why);

    private static int[]? ById(ulong[] now, ulong[] old, out string why)
    {
        var places = new Dictionary<ulong, int>(old.Length);
        for (int i = 0; i < old.Length; i++)
            places.TryAdd(old[i], i);
        int here = now.Count(key => !places.ContainsKey(key)), distinct = now.Distinct().Count();
        why = places.Count < old.Length || distinct < now.Length
            ? "ids repeat"
            : $"{here} rows are only here, {old.Length - (now.Length - here)} only in the baseline";
        return here == 0 && now.Length == old.Length && places.Count == old.Length && distinct == now.Length ? [.. now.Select(key => places[key])] : null;
    }
}
