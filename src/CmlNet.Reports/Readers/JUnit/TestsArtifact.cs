namespace CmlNet.Reports.Readers.JUnit;

/// <summary>The outcome of a test run.</summary>
internal sealed record TestsArtifact : Artifact
{
    public required long Passed { get; init; }

    public required long Skipped { get; init; }

    public required long Failed { get; init; }

    public required long Errors { get; init; }

    /// <summary>Sum over the cases.</summary>
    public required double Seconds { get; init; }

    /// <summary>The cases that failed or broke, in file order; the first of them where there are very many.</summary>
    public required IReadOnlyList<TestCase> Unsuccessful { get; init; }

    /// <summary>The slowest cases, slowest first.</summary>
    public required IReadOnlyList<TestCase> Slowest { get; init; }

    public long Total => Passed + Skipped + Failed + Errors;
}
