namespace CmlNet.Reports.Readers;

/// <summary>One recorded quantity. Steps at which it was not logged are absent; a NaN in <see cref="Y"/> was logged as NaN.</summary>
internal sealed class HistorySeries(string name)
{
    public string Name { get; } = name;

    public List<double> X { get; } = [];

    public List<double> Y { get; } = [];

    public void Add(double x, double y)
    {
        X.Add(x);
        Y.Add(y);
    }
}
