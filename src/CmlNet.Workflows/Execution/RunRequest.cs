using CmlNet.Containers;

namespace CmlNet.Workflows.Execution;

/// <summary>What a user asked of <c>cml run</c>, checked and with defaults filled in. Plain data.</summary>
public sealed record RunRequest
{
    /// <summary>Names the run, its directory, and its containers and networks.</summary>
    public required string RunId { get; init; }

    /// <summary>Root of the work tree; absolute.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>Run directory to write; absolute, created by the caller.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Only this job and those it needs; null for all.</summary>
    public string? JobId { get; init; }

    /// <summary>Image per <c>runs-on</c> label, all sources merged.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Below the workflow's own <c>env</c>, in the <c>env</c> context and in every step.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>GPUs for every job; null leaves it to the workflow's <c>container.options</c>.</summary>
    public GpuRequest? Gpus { get; init; }

    /// <summary>Jobs run on this machine for sure: no label needs an image.</summary>
    public bool UsesThisMachine { get; init; }

    /// <summary>Mount the work tree itself instead of a copy.</summary>
    public bool BindWorkspace { get; init; }

    /// <summary>Publishing commands reach the real code host instead of the run directory.</summary>
    public bool Publish { get; init; }

    /// <summary>The single-file <c>cml</c> to mount into jobs; null when this process is not one.</summary>
    public string? CmlBinary { get; init; }

    /// <summary>Local folders in place of actions of other repositories, by <c>owner/repo@ref</c>; absolute.</summary>
    public IReadOnlyDictionary<string, string> ActionMirrors { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where downloaded actions are kept, by commit; absolute.</summary>
    public string ActionCache { get; init; } = Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache", "cml", "actions");

    /// <summary>A Node program of this machine (or the folder that its <c>bin/node</c> is in) for jobs whose image has none; null to look for one.</summary>
    public string? NodeProgram { get; init; }

    /// <summary>Where programs of this machine that jobs may use are looked for: PATH.</summary>
    public string SearchPath { get; init; } = System.Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>Jobs at once; 0 for one per core.</summary>
    public int MaxParallelJobs { get; init; }
}
