namespace CmlNet.Benchmarks;

/// <summary>What every benchmark needs to know.</summary>
internal sealed record BenchmarkSetting
{
    /// <summary>The repository's root.</summary>
    public required string Root { get; init; }

    /// <summary>The published binary.</summary>
    public required string Binary { get; init; }

    /// <summary>An empty folder for this run.</summary>
    public required string Work { get; init; }

    /// <summary>How often each pair is measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>Where built references are kept between runs.</summary>
    public string Cache => Path.Combine(Root, "artifacts", "bench");
}
