using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers.Mlflow;

/// <summary>Builds the artifacts of a run from what its store holds, in either form.</summary>
internal sealed class MlflowRun
{
    private const int LongestName = 80;
    private readonly SortedDictionary<string, List<(long Step, long Timestamp, double Value)>> _metrics = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _params = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];

    public void AddMetric(string key, long step, long timestamp, double value)
    {
        if (!_metrics.TryGetValue(key, out List<(long, long, double)>? values))
            _metrics.Add(key, values = []);
        values.Add((step, timestamp, value));
    }

    public void AddParam(string key, string value) => _params[key] = value;

    /// <summary>The run's own name; null shows the file's.</summary>
    public string? Name { get; set; }

    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>The latest value of a metric is that of the greatest (step, timestamp, value), as MLflow has it; a metric logged once is no curve.</summary>
    public RunArtifact Build(string path)
    {
        if (_metrics.Count + _params.Count == 0)
            throw new ArtifactException("the newest run has logged neither metrics nor parameters");
        List<HistorySeries> curves = [];
        foreach ((string key, var values) in _metrics.Where(metric => metric.Value.Count > 1))
        {
            var series = new HistorySeries(key);
            foreach ((long step, _, double value) in values.Order())
                series.Add(step, value);
            curves.Add(series);
        }

        string name = string.IsNullOrWhiteSpace(Name) ? path : "MLflow run " + PrintableText.Of(Name.Trim(), LongestName);
        return new RunArtifact
        {
            Path = name,
            Source = path,
            Warnings = _warnings,
            Metrics = _metrics.Count == 0 ? null : new MetricsArtifact { Path = name, Source = path, Values = [.. _metrics.Select(metric => KeyValuePair.Create(metric.Key, DvcValue.Of(metric.Value.Max().Value)))] },
            Params = _params.Count == 0 ? null : new ParamsArtifact { Path = name, Source = path, Values = [.. _params.Select(param => KeyValuePair.Create(param.Key, YamlScalar.Resolve(param.Value)))] },
            History = curves.Count == 0 ? null : new HistoryArtifact { Path = name, Source = path, XName = "step", Series = curves },
        };
    }
}
