using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts;

/// <summary>The registered charts by name.</summary>
internal sealed class ChartSet
{
    private readonly Dictionary<string, IChart> _charts = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Two charts have one name.</exception>
    public ChartSet(IEnumerable<IChart> charts)
    {
        foreach (IChart chart in charts)
        {
            if (!_charts.TryAdd(chart.Name, chart))
                throw new ArgumentException($"two charts are registered as '{chart.Name}'; known: {Known}");
        }
    }

    private string Known => string.Join(", ", _charts.Keys.Order(StringComparer.Ordinal));

    public string Describe(ChartData data) => Find(data).Describe(data);

    public string Render(ChartData data, ChartTheme theme) => Find(data).Render(data, theme);

    private IChart Find(ChartData data) => _charts.TryGetValue(data.Kind, out IChart? chart)
        ? chart
        : throw new ArgumentException($"no chart is registered as '{data.Kind}'; known: {Known}");
}
