using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>
/// Histories in JSON or YAML: Keras's <c>{"loss": [..], "val_loss": [..]}</c>, a list of records with a step or epoch, JSON Lines of such records,
/// a list of numbers, and any of these under <c>history</c> or <c>log_history</c> (Hugging Face's <c>trainer_state.json</c>).
/// </summary>
internal static class HistoryTree
{
    private static readonly string[] Wrappers = ["log_history", "history"];

    /// <exception cref="ArtifactException">Not readable, or none of these forms.</exception>
    public static HistoryArtifact Read(ArtifactFile file)
    {
        DvcValue root = TreeFile.Read(file);
        root = Wrappers.Select(root.Find).FirstOrDefault(found => found?.Kind is DvcValueKind.List or DvcValueKind.Map) ?? root;
        return root.Kind switch
        {
            DvcValueKind.Map => FromColumns(file, root),
            DvcValueKind.List when root.Items.All(item => item.IsNumeric) => FromColumns(file, DvcValue.Of([KeyValuePair.Create(file.Stem, root)])),
            DvcValueKind.List => FromRecords(file, root.Items),
            _ => throw new ArtifactException("expected lists of numbers by name, or a list of records with a step or epoch"),
        };
    }

    private static HistoryArtifact FromColumns(ArtifactFile file, DvcValue map)
    {
        var lists = map.Entries.Where(entry => entry.Value.Kind == DvcValueKind.List).ToList();
        int step = HistoryColumns.FindStep([.. lists.Select(entry => entry.Key)], file.XColumn);
        IReadOnlyList<DvcValue>? steps = step < 0 ? null : lists[step].Value.Items;
        var series = new List<HistorySeries>();
        foreach ((string name, DvcValue list) in lists.Where(entry => HistoryColumns.IsCurve(entry.Key) && entry.Key != file.XColumn))
        {
            var one = new HistorySeries(name);
            for (int i = 0; i < list.Items.Count; i++)
            {
                double x = steps is null ? i : i < steps.Count ? steps[i].AsDouble : double.NaN;
                if (list.Items[i].IsNumeric && double.IsFinite(x))
                    one.Add(x, list.Items[i].AsDouble);
            }

            if (one.X.Count > 0)
                series.Add(one);
        }

        return new HistoryArtifact { Path = file.Path, XName = step < 0 ? "epoch" : lists[step].Key, Series = series };
    }

    private static HistoryArtifact FromRecords(ArtifactFile file, IReadOnlyList<DvcValue> records)
    {
        string[] names = [.. records.SelectMany(record => record.Entries).Select(entry => entry.Key).Distinct(StringComparer.Ordinal)];
        int step = HistoryColumns.FindStep(names, file.XColumn);
        var series = new OrderedDictionary<string, HistorySeries>(StringComparer.Ordinal);
        for (int i = 0; i < records.Count; i++)
        {
            double x = step < 0 ? i : records[i].Find(names[step])?.AsDouble ?? double.NaN;
            if (!double.IsFinite(x) || IsSummary(records[i]))
                continue;
            foreach ((string name, DvcValue value) in records[i].Entries.Where(entry => entry.Value.IsNumeric && HistoryColumns.IsCurve(entry.Key) && entry.Key != file.XColumn))
            {
                if (!series.TryGetValue(name, out HistorySeries? one))
                    series.Add(name, one = new HistorySeries(name));
                one.Add(x, value.AsDouble);
            }
        }

        return new HistoryArtifact { Path = file.Path, XName = step < 0 ? "step" : names[step], Series = [.. series.Values] };
    }

    // Hugging Face's trainer ends its log with what the whole training took, and the mean loss over it.
    private static bool IsSummary(DvcValue record) => record.Find("train_runtime") is not null && record.Find("loss") is null;
}
