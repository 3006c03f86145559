using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Residuals;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Residuals: -x is the column of actual values, -y of predicted ones.</summary>
internal static class ResidualsPlot
{
    public static ChartData Build(PlotInput input)
    {
        if (input.Sources.Count > 1)
            throw new ReportInputException("a residual plot shows one file; draw the baseline as a picture of its own");
        string actual = "", predicted = "";
        (_, PlotTable table) = input.Read(header =>
        {
            actual = Locate(header, input.Options.X, "-x", PredictionsReader.ActualNames);
            predicted = Locate(header, input.Options.Y.Count > 0 ? input.Options.Y[0] : null, "-y", PredictionsReader.PredictedNames);
            return [new(actual), new(predicted)];
        })[0];
        return new ResidualsChartData { Title = input.Title, Actual = table.Numbers(actual), Predicted = table.Numbers(predicted) };
    }

    private static string Locate(PlotHeader header, string? asked, string option, IReadOnlyList<string> usual) =>
        asked is not null ? header.Find(asked, option) : header.Usual(usual) ?? throw new ArtifactException($"no column with a usual name ({string.Join(", ", usual)}); name it with {option}. Columns: {string.Join(", ", header.Names.Take(30))}");
}
