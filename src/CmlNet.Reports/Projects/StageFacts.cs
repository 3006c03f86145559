using CmlNet.Dvc.Pipelines;

namespace CmlNet.Reports.Projects;

/// <summary>A stage, or a <c>.dvc</c> file.</summary>
/// <param name="Name">Its address.</param>
/// <param name="Command">Null for a <c>.dvc</c> file.</param>
/// <param name="Needs">Addresses of the stages whose outputs it reads.</param>
internal sealed record StageFacts(string Name, string? Command, IReadOnlyList<string> Needs)
{
    /// <summary>What <c>repro</c> did here; null when it is not known.</summary>
    public StageRun? Run { get; init; }

    /// <summary>Why it is out of date now, such as <c>params.yaml modified</c>; empty when it is up to date.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];

    /// <summary>What its record took in differently than the baseline's; empty for nothing; null without a baseline.</summary>
    public IReadOnlyList<string>? ChangedInputs { get; init; }

    /// <summary>Outputs whose content is recorded differently than the baseline's.</summary>
    public IReadOnlyList<string> ChangedOutputs { get; init; } = [];

    /// <summary>The baseline has no such stage.</summary>
    public bool IsNew { get; init; }

    /// <summary>Anything differs from the baseline.</summary>
    public bool IsChanged => IsNew || ChangedInputs is { Count: > 0 } || ChangedOutputs.Count > 0;

    public StageState State => Run?.Outcome switch
    {
        StageOutcome.Failed => StageState.Failed,
        StageOutcome.Skipped => StageState.Skipped,
        _ when Pending.Count > 0 => StageState.OutOfDate,
        StageOutcome.Ran => StageState.Ran,
        StageOutcome.Restored or StageOutcome.Pulled => StageState.FromCache,
        _ when IsChanged => StageState.Changed,
        _ => StageState.Unchanged,
    };
}
