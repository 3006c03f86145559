namespace CmlNet.Runner.Configuration;

/// <summary>What the daemon posts when a job has ended.</summary>
internal sealed record ReportSettings
{
    public bool IsEnabled { get; init; } = true;

    public string Title { get; init; } = "Report";

    /// <summary>The comment of the last run of the workflow is replaced.</summary>
    public bool IsUpdated { get; init; } = true;

    /// <summary>The report compares with the last run of the same job on the default branch.</summary>
    public bool HasBaseline { get; init; } = true;

    /// <summary>The report says what the job used of the machine.</summary>
    public bool HasResources { get; init; } = true;

    /// <summary>Most that is collected from a job, in bytes.</summary>
    public long LimitBytes { get; init; } = 64 * 1024 * 1024;
}
