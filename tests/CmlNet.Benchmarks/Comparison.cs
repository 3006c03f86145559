namespace CmlNet.Benchmarks;

/// <summary>One row of the table: ours against a reference, both measured in turns in the same run.</summary>
/// <param name="Subject">What of ours is measured.</param>
/// <param name="Reference">What it is measured against.</param>
/// <param name="Limit">The ratio of the medians that must not be exceeded; null for a row that only informs.</param>
/// <param name="Note">More about the pair, or why it could not be measured.</param>
internal sealed record Comparison(string Subject, string Reference, double? Limit, Sample? Ours, Sample? Theirs, string Note = "")
{
    /// <summary>What the samples count.</summary>
    public string Unit { get; init; } = "ms";

    public double? Ratio => Ours is { Count: > 0 } && Theirs is { Count: > 0 } ? Ours.Median / Theirs.Median : null;

    public bool Exceeded => Ratio > Limit;

    public static Comparison NotMeasured(string subject, string reference, double? limit, string why)
        => new(subject, reference, limit, null, null, $"not measured: {why}");
}
