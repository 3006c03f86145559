namespace CmlNet.Reports.Gates;

/// <summary>A gate and what came of it.</summary>
public sealed record GateResult
{
    public required Gate Gate { get; init; }

    /// <summary>Null when the run has no such number.</summary>
    public double? Value { get; init; }

    public double? Baseline { get; init; }

    /// <summary>That the change is chance; null when it was not tested.</summary>
    public double? P { get; init; }

    /// <summary>95 % interval of the change; null when there is none.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>The limits in words: <c>≥ 0.9, drop ≤ 1 %</c>.</summary>
    public required string Limit { get; init; }

    /// <summary>Null when it could not be judged, such as a drop without a baseline.</summary>
    public bool? Passed { get; init; }

    /// <summary>Why it failed or was not judged; empty when it passed.</summary>
    public string Reason { get; init; } = "";
}
