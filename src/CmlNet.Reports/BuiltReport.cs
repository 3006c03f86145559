using CmlNet.Reports.Model;

namespace CmlNet.Reports;

/// <summary>The model and what happened on the way to it.</summary>
public sealed record BuiltReport
{
    public required ReportModel Model { get; init; }

    public required ReportFacts Facts { get; init; }

    /// <summary>The files it is made of, absolute.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>What was found, skipped and broken, in that order.</summary>
    public required IReadOnlyList<ReportMessage> Messages { get; init; }
}
