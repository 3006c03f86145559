using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>What the builder of one kind works on.</summary>
internal sealed record PlotInput
{
    public required PlotOptions Options { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<PlotSource> Sources { get; init; }

    public required CancellationToken CancellationToken { get; init; }

    public string Title => Options.Title ?? Path.GetFileName(Sources[0].File.Path);

    /// <summary>Reads every file; a baseline or revision without the columns is an error like any other.</summary>
    public IReadOnlyList<(PlotSource Source, PlotTable Table)> Read(Func<PlotHeader, IReadOnlyList<PlotColumn>> choose) =>
        [.. Sources.Select(source => (source, Read(source, choose)))];

    /// <summary>The name of a series: the field, the file it is from, or both where it takes both.</summary>
    public string Name(PlotSource source, string field, int fields)
    {
        if (source.Label.Length == 0)
            return field;
        return fields == 1 && Sources.All(one => one.Label.Length > 0) ? source.Label : $"{field} ({source.Label})";
    }

    private PlotTable Read(PlotSource source, Func<PlotHeader, IReadOnlyList<PlotColumn>> choose)
    {
        try
        {
            return PlotTable.Read(source.File, choose, CancellationToken);
        }
        catch (ArtifactException e)
        {
            throw new ReportInputException(e.At(source.Label.Length == 0 || source.IsBaseline ? source.File.Path : $"{source.File.Path} ({source.Label})"));
        }
    }
}
