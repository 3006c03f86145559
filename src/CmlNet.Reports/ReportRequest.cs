using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Predictions;

namespace CmlNet.Reports;

/// <summary>What the user asked to be reported. With no file named at all, <see cref="Directory"/> is searched.</summary>
public sealed record ReportRequest
{
    /// <summary>Absolute. Searched when nothing is named; named files that are not found from <see cref="WorkingDirectory"/> are looked up here.</summary>
    public required string Directory { get; init; }

    /// <summary>Absolute. Named files are relative to it.</summary>
    public required string WorkingDirectory { get; init; }

    public string Title { get; init; } = "Report";

    public IReadOnlyList<string> Metrics { get; init; } = [];

    public string? Predictions { get; init; }

    /// <summary>Column of the predictions with the true label; null takes the first usual name present.</summary>
    public string? ActualColumn { get; init; }

    /// <summary>Column of the predictions with the predicted label; null takes the first usual name present.</summary>
    public string? PredictedColumn { get; init; }

    /// <summary>What else <see cref="Predictions"/>, or predictions that are found, hold.</summary>
    public PredictionOptions PredictionOptions { get; init; } = new();

    public IReadOnlyList<string> Histories { get; init; } = [];

    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>From <c>cml.yaml</c>; null when there is none. Its sections are read when nothing is named.</summary>
    public ReportConfiguration? Configuration { get; init; }

    /// <summary>Conditions besides those of <see cref="Configuration"/>.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Null compares with nothing.</summary>
    public BaselineRequest? Baseline { get; init; }

    /// <summary>More revisions or folders, each a column of the metrics; nothing is judged by them.</summary>
    public IReadOnlyList<BaselineRequest> OtherBaselines { get; init; } = [];

    /// <summary>Of the process, for the lineage.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The folder is the user's own: a DVC project around it is looked at, too. Never for what a job left.</summary>
    public bool ReadsProject { get; init; }

    /// <summary>Folders that hold earlier reports' charts; never searched.</summary>
    public IReadOnlyList<string> ExcludedDirectories { get; init; } = [];

    /// <summary>Nothing is named: search.</summary>
    public bool IsDiscovery => Metrics.Count == 0 && Predictions is null && Histories.Count == 0 && Images.Count == 0;
}
