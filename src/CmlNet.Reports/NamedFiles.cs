using CmlNet.Reports.Readers;

namespace CmlNet.Reports;

/// <summary>The files a request names, each with its reader; all that do not exist are reported in one message.</summary>
internal sealed class NamedFiles(ReportRequest request, IReadOnlyList<IArtifactReader> readers)
{
    private readonly List<FoundFile> _files = [];
    private readonly List<string> _missing = [];

    /// <exception cref="ReportInputException">A named file, or the folder, does not exist.</exception>
    public IReadOnlyList<FoundFile> Resolve()
    {
        if (!Directory.Exists(request.Directory))
            throw new ReportInputException($"folder not found: {request.Directory}; pass the folder that holds the results");
        Add(request.Metrics, MetricsReader.ReaderName, "--metrics");
        Add(request.Predictions is { } predictions ? [predictions] : [], PredictionsReader.ReaderName, "--predictions");
        Add(request.Histories, HistoryReader.ReaderName, "--history");
        Add(request.Images, ImageReader.ReaderName, "--image");
        return _missing.Count == 0
            ? _files
            : throw new ReportInputException($"file not found: {string.Join(", ", _missing)}; looked in {string.Join(" and ", Roots().Distinct(StringComparer.Ordinal))}. Check the path, or leave the option out");
    }

    private void Add(IReadOnlyList<string> paths, string readerName, string flag)
    {
        IArtifactReader reader = readers.First(reader => reader.Name == readerName);
        foreach (string path in paths)
        {
            string? full = Roots().Select(root => Path.GetFullPath(path, root)).FirstOrDefault(File.Exists);
            if (full is null)
                _missing.Add($"{flag} {path}");
            else
                _files.Add(new FoundFile(new ArtifactFile { FullPath = full, Path = path, IsNamed = true, ActualColumn = request.ActualColumn, PredictedColumn = request.PredictedColumn, MayBeRegression = true, Predictions = request.PredictionOptions }, reader));
        }
    }

    private string[] Roots() => [request.WorkingDirectory, request.Directory];
}
