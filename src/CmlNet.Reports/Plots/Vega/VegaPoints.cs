using CmlNet.Dvc.Values;
using CmlNet.Reports.Plots.Definitions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Plots.Vega;

/// <summary>The rows of a plot as DVC hands them to Vega: every field as it is in the file (CSV values stay text), with <c>rev</c>, <c>filename</c> and <c>field</c>.</summary>
internal sealed class VegaPoints
{
    private const string InferredY = "dvc_inferred_y_value";
    private const string RowNumber = "step";

    private VegaPoints(IReadOnlyList<DvcValue> points, string x, string y, string yLabel)
    {
        Points = points;
        X = x;
        Y = y;
        YLabel = yLabel;
    }

    public IReadOnlyList<DvcValue> Points { get; }

    /// <summary>Field of the x axis.</summary>
    public string X { get; }

    /// <summary>Field of the y axis.</summary>
    public string Y { get; }

    public string YLabel { get; }

    /// <exception cref="ReportInputException">A file is broken, or has not the fields.</exception>
    public static VegaPoints Of(RevisionPlot plot)
    {
        var tables = plot.Files.Select(file => (file.Revision, file.File, Rows: Rows(file.File.Path, file.Content))).ToList();
        var fields = tables.SelectMany(table => Fields(table.File, table.Rows)).Distinct(StringComparer.Ordinal).ToList();
        bool several = fields.Count > 1;
        string? x = plot.Definition.X;
        string prefix = CommonFolder([.. plot.Definition.Files.Select(file => file.Path)]);
        var points = new List<DvcValue>();
        foreach ((string revision, PlotFile file, IReadOnlyList<DvcValue> rows) in tables)
        {
            foreach (string field in Fields(file, rows))
            {
                for (int i = 0; i < rows.Count; i++)
                {
                    if (rows[i].Find(field) is not { } value || (x is not null && rows[i].Find(x) is null))
                        throw new ReportInputException($"{file.Path} ({revision}): row {i + 1} has no field '{(rows[i].Find(field) is null ? field : x)}'. Fields: {string.Join(", ", rows[i].Entries.Select(entry => entry.Key).Take(30))}");
                    var point = new OrderedDictionary<string, DvcValue>(rows[i].Entries, StringComparer.Ordinal);
                    if (x is null)
                        point[RowNumber] = DvcValue.Of((long)i);
                    if (several)
                        point[InferredY] = value;
                    point["rev"] = DvcValue.Of(revision);
                    point["filename"] = DvcValue.Of(file.Path[prefix.Length..]);
                    point["field"] = DvcValue.Of(field);
                    points.Add(DvcValue.Of([.. point]));
                }
            }
        }

        string y = several ? InferredY : fields.FirstOrDefault() ?? "";
        return new VegaPoints(points, x ?? RowNumber, y, several ? "y" : y);
    }

    private static IReadOnlyList<string> Fields(PlotFile file, IReadOnlyList<DvcValue> rows) =>
        file.Fields.Count > 0 ? file.Fields : rows.Count > 0 ? [rows[0].Entries[^1].Key] : [];

    private static IReadOnlyList<DvcValue> Rows(string path, byte[] content)
    {
        var file = new ArtifactFile { FullPath = "/" + path, Path = path, IsNamed = true, Content = content };
        try
        {
            if (file.Suffix is not (".csv" or ".tsv"))
                return TreeRows.Read(file).Rows;
            using CsvFile csv = CsvFile.Open(file);
            var rows = new List<DvcValue>();
            while (csv.Read())
                rows.Add(DvcValue.Of([.. csv.Columns.Select((name, i) => KeyValuePair.Create(name, DvcValue.Of(csv[i].ToString())))]));
            return rows;
        }
        catch (ArtifactException e)
        {
            throw new ReportInputException(e.At(path));
        }
    }

    private static string CommonFolder(IReadOnlyList<string> paths)
    {
        string first = paths[0];
        int end = first.LastIndexOf('/') + 1;
        while (end > 0 && !paths.All(path => path.StartsWith(first[..end], StringComparison.Ordinal)))
            end = first.LastIndexOf('/', Math.Max(end - 2, 0)) + 1;
        return paths.Count > 1 ? first[..end] : "";
    }
}
