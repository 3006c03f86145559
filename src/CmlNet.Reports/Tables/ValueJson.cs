using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Tables;

/// <summary>Values and differences in the shapes of DVC's <c>--json</c>.</summary>
public static class ValueJson
{
    /// <summary><c>{rev: {"data": {file: {"data": …}}}}</c>; the revision is "" when none was asked for.</summary>
    public static string Show(IReadOnlyList<RevisionValues> revisions, bool withRevision) => PythonJson.Write(Map(revisions.Select(revision => KeyValuePair.Create(withRevision ? revision.Revision : "",
        Map([KeyValuePair.Create("data", Map(revision.Files.Select(file => KeyValuePair.Create(file.Key, Map([KeyValuePair.Create("data", file.Value)])))
            .Concat(revision.Errors.Select(error => KeyValuePair.Create(error.Key, Map([KeyValuePair.Create("error", Map([KeyValuePair.Create("type", DvcValue.Of("Unreadable")), KeyValuePair.Create("msg", DvcValue.Of(error.Value))]))]))))))])))));

    /// <summary><c>{file: {key: {"old", "new"[, "diff"]}}}</c>.</summary>
    public static string Diff(IReadOnlyList<ValueDiff> diffs) => PythonJson.Write(Map(diffs.GroupBy(diff => diff.File, StringComparer.Ordinal)
        .Select(file => KeyValuePair.Create(file.Key, Map(file.Select(diff => KeyValuePair.Create(diff.Key, Sides(diff))))))));

    /// <summary><c>{file: {key: {rev: value}}}</c>.</summary>
    public static string Several(IReadOnlyList<RevisionValues> revisions, IReadOnlyList<ValueRow> rows) => PythonJson.Write(Map(rows.GroupBy(row => row.File, StringComparer.Ordinal)
        .Select(file => KeyValuePair.Create(file.Key, Map(file.Select(row => KeyValuePair.Create(row.Key, Map(row.Values.Select((value, i) => KeyValuePair.Create(revisions[i].Revision, value ?? DvcValue.Null))))))))));

    private static DvcValue Sides(ValueDiff diff)
    {
        List<KeyValuePair<string, DvcValue>> sides = [KeyValuePair.Create("old", diff.Old ?? DvcValue.Null), KeyValuePair.Create("new", diff.New ?? DvcValue.Null)];
        if (diff.Difference is { } difference)
            sides.Add(KeyValuePair.Create("diff", difference));
        return DvcValue.Of(sides);
    }

    private static DvcValue Map(IEnumerable<KeyValuePair<string, DvcValue>> entries) => DvcValue.Of([.. entries]);
}
