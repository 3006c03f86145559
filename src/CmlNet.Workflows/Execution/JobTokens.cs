namespace CmlNet.Workflows.Execution;

/// <summary>
/// Two ways to stop: <see cref="Cancel"/> ends the running step and lets <c>always()</c> and <c>cancelled()</c> steps still run
/// (Ctrl-C, fail-fast, the job's time limit); <see cref="Abort"/> ends everything (a second Ctrl-C).
/// </summary>
internal sealed record JobTokens(CancellationToken Cancel, CancellationToken Abort);
