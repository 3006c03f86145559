using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Plots;

/// <summary>Counts of pairs of labels. As in DVC's templates -x gives the columns and -y the rows; without them rows are the actual labels.</summary>
internal static class ConfusionPlot
{
    private const int MostLabels = 3_000;

    public static ChartData Build(PlotInput input)
    {
        if (input.Sources.Count > 1)
            throw new ReportInputException("a confusion matrix shows one file; draw the baseline as a picture of its own");
        PlotOptions options = input.Options;
        string column = "", row = "";
        (_, PlotTable table) = input.Read(header =>
        {
            column = Locate(header, options.X, "-x", PredictionsReader.PredictedNames);
            row = Locate(header, options.Y.Count > 0 ? options.Y[0] : null, "-y", PredictionsReader.ActualNames);
            return [new(column, PlotColumnForm.Texts), new(row, PlotColumnForm.Texts)];
        })[0];
        var codes = new LabelCodes();
        int[] rows, columns;
        IReadOnlyList<string> labels;
        int[] places;
        try
        {
            // Rows with a missing label are left out, as in the report.
            int[] whole = [.. Enumerable.Range(0, table.RowCount).Where(i => !CsvNumber.IsMissing(table.Texts(row)[i]) && !CsvNumber.IsMissing(table.Texts(column)[i]))];
            rows = [.. whole.Select(i => codes.Of(table.Texts(row)[i], i + 2))];
            columns = [.. whole.Select(i => codes.Of(table.Texts(column)[i], i + 2))];
            (labels, places) = codes.Sort();
        }
        catch (ArtifactException e)
        {
            throw new ReportInputException(e.At(table.Source));
        }

        if (labels.Count > MostLabels)
            throw new ReportInputException($"{table.Source}: {labels.Count} labels; a confusion matrix has at most {MostLabels}");
        double[] counts = new double[labels.Count * labels.Count];
        for (int i = 0; i < rows.Length; i++)
            counts[places[rows[i]] * labels.Count + places[columns[i]]]++;
        bool named = options.X is not null || options.Y.Count > 0;
        return new ConfusionChartData
        {
            Title = input.Title,
            RowName = options.YLabel ?? (named ? row : "actual"),
            ColumnName = options.XLabel ?? (named ? column : "predicted"),
            Labels = labels,
            Counts = counts,
            Share = options.Share,
        };
    }

    private static string Locate(PlotHeader header, string? asked, string option, IReadOnlyList<string> usual) =>
        asked is not null ? header.Find(asked, option) : header.Usual(usual) ?? throw new ArtifactException($"no column with a usual name ({string.Join(", ", usual)}); name it with {option}. Columns: {string.Join(", ", header.Names.Take(30))}");
}
