namespace CmlNet.Dvc.Pipelines;

/// <summary>What <c>repro</c> last did with a stage.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="At">When it ended.</param>
public sealed record StageRun(StageOutcome Outcome, double Seconds, DateTimeOffset At);
