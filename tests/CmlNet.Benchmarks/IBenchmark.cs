namespace CmlNet.Benchmarks;

/// <summary>Measures one thing against its reference.</summary>
internal interface IBenchmark
{
    string Name { get; }

    Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken);
}
