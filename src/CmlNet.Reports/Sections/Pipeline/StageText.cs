using System.Globalization;
using CmlNet.Dvc.Pipelines;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Pipeline;

/// <summary>States of stages in words.</summary>
internal static class StageText
{
    public static string Of(StageState state) => state switch
    {
        StageState.Failed => "failed",
        StageState.Skipped => "skipped",
        StageState.OutOfDate => "out of date",
        StageState.Ran => "ran",
        StageState.FromCache => "from the cache",
        StageState.Changed => "changed since the baseline",
        _ => "unchanged",
    };

    /// <summary>With the time it took, when commands ran.</summary>
    public static string Of(StageRun run) => run.Outcome switch
    {
        StageOutcome.Ran => $"ran in {Duration(run.Seconds)}",
        StageOutcome.Restored => "from the run cache",
        StageOutcome.Pulled => "from the remote",
        StageOutcome.Failed => $"failed after {Duration(run.Seconds)}",
        StageOutcome.Skipped => "skipped",
        _ => "did not change",
    };

    private static string Duration(double seconds) => seconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)} h {(int)(seconds / 60 % 60)} min"),
    };
}
