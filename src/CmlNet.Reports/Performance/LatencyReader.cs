using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Performance;

/// <summary>A CSV with a column of times in milliseconds. Only read when asked for.</summary>
internal sealed class LatencyReader : IArtifactReader
{
    public const string ReaderName = "latency";
    private const int MostSamples = 50_000_000;

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => false;

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        using CsvFile csv = CsvFile.Open(file);
        string name = file.Column ?? "ms";
        int column = csv.Find(name);
        if (column < 0)
            throw new ArtifactException($"no column '{name}', which column names. Columns: {string.Join(", ", csv.Columns.Take(30))}", 1);
        var samples = new List<double>();
        long missing = 0;
        while (csv.Read())
        {
            if (((samples.Count + missing) & 0xFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (CsvNumber.IsMissing(csv[column]))
            {
                missing++;
                continue;
            }

            if (!CsvNumber.TryParse(csv[column], out double value) || !double.IsFinite(value) || value < 0)
                throw new ArtifactException($"'{csv[column]}' in column '{csv.Columns[column]}' is not a time in milliseconds", csv.Line);
            if (samples.Count == MostSamples)
                throw new ArtifactException($"more than {MostSamples} samples; report on a part", csv.Line);
            samples.Add(value);
        }

        samples.Sort();
        return samples.Count == 0
            ? throw new ArtifactException("holds no time")
            : new LatencyArtifact { Path = file.Path, Samples = [.. samples], Warnings = missing == 0 ? [] : [$"{(missing == 1 ? "1 row" : $"{missing} rows")} without a time left out"] };
    }
}
