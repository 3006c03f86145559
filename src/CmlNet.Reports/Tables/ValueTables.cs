using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Tables;

/// <summary>Values and differences as tables with DVC's columns and number formats.</summary>
public static class ValueTables
{
    /// <summary>Decimals that DVC rounds metrics to.</summary>
    public const int DefaultPrecision = 5;

    /// <summary>A row per revision and file, a column per key; metrics rounded to <paramref name="precision"/> decimals.</summary>
    public static TextTable Show(IReadOnlyList<RevisionValues> revisions, bool withRevision, int precision)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var flat = revisions.SelectMany(revision => revision.Files.Select(file => (revision.Revision, Path: file.Key, Leaves: ValueFlattening.Metrics(file.Value).ToDictionary(leaf => leaf.Key, leaf => leaf.Value, StringComparer.Ordinal)))).ToList();
        var keys = flat.SelectMany(row => row.Leaves.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var rows = flat.Select(row => (IReadOnlyList<string>)[.. withRevision ? [row.Revision] : Array.Empty<string>(), row.Path, .. keys.Select(key => Text(row.Leaves.GetValueOrDefault(key), precision))]).ToList();
        return new TextTable([.. withRevision ? ["Revision"] : Array.Empty<string>(), "Path", .. keys], rows);
    }

    /// <summary>A row per key that differs. Parameters have no column for the change.</summary>
    /// <param name="diffs">In the order to show.</param>
    /// <param name="names">What the two revisions are called.</param>
    /// <param name="isParams">Parameters: never rounded unless <paramref name="precision"/> is given.</param>
    /// <param name="precision">Decimals; null leaves numbers as they are.</param>
    /// <param name="withPath">The file has a column.</param>
    public static TextTable Diff(IReadOnlyList<ValueDiff> diffs, (string Old, string New) names, bool isParams, int? precision, bool withPath)
    {
        ArgumentNullException.ThrowIfNull(diffs);
        List<string> columns = [isParams ? "Param" : "Metric", names.Old, names.New];
        if (!isParams)
            columns.Add("Change");
        if (withPath)
            columns.Insert(0, "Path");
        return new TextTable(columns, [.. diffs.Select(Row)]);

        IReadOnlyList<string> Row(ValueDiff diff)
        {
            List<string> cells = [diff.Key, Text(diff.Old, precision), Text(diff.New, precision)];
            if (!isParams)
                cells.Add(Text(diff.Difference, precision));
            if (withPath)
                cells.Insert(0, diff.File);
            return cells;
        }
    }

    /// <summary>A row per key, a column per revision; of metrics also the change from the first to the last.</summary>
    /// <param name="revisions">In the order of the columns.</param>
    /// <param name="rows">In the order to show.</param>
    /// <param name="isParams">Parameters.</param>
    /// <param name="precision">Decimals; null leaves numbers as they are.</param>
    /// <param name="withPath">The file has a column.</param>
    public static TextTable Several(IReadOnlyList<RevisionValues> revisions, IReadOnlyList<ValueRow> rows, bool isParams, int? precision, bool withPath)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        ArgumentNullException.ThrowIfNull(rows);
        string[] path = withPath ? ["Path"] : [], change = isParams ? [] : ["Change"];
        return new TextTable([.. path, isParams ? "Param" : "Metric", .. revisions.Select(revision => revision.Revision), .. change], [.. rows.Select(Row)]);

        IReadOnlyList<string> Row(ValueRow row) =>
            [.. withPath ? [row.File] : Array.Empty<string>(), row.Key, .. row.Values.Select(value => Text(value, precision)), .. isParams ? Array.Empty<string>() : [Text(row.Difference, precision)]];
    }

    private static string Text(DvcValue? value, int? precision) => value is null ? "-" : precision is { } decimals ? ValueText.Of(value, decimals) : ValueText.Of(value);
}
