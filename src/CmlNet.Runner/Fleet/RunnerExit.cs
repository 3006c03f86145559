namespace CmlNet.Runner.Fleet;

/// <summary>How a runner ended.</summary>
/// <param name="Code">Exit code; null when its container is gone.</param>
/// <param name="IsOutOfMemory">The kernel killed it.</param>
internal sealed record RunnerExit(int? Code, bool IsOutOfMemory)
{
    /// <summary>The runner is too old for GitHub (actions/runner, Constants.cs).</summary>
    public const int VersionDeprecated = 7;
}
