using CmlNet.Runner.Configuration;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>Told of a runner that has ended, while its container is still there.</summary>
internal interface IRunnerEnd
{
    /// <summary>Takes from the container what is to be kept. Called again after a crash; must come to the same.</summary>
    Task CollectAsync(RunnerRecord runner, PoolConfiguration pool, bool isLost, CancellationToken cancellationToken);
}
