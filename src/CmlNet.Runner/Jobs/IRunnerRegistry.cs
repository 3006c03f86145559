namespace CmlNet.Runner.Jobs;

/// <summary>Where a pool's runners are registered.</summary>
internal interface IRunnerRegistry
{
    /// <summary>Registers a runner for one job. A name that is taken by a leftover of ours is freed first.</summary>
    /// <param name="name">Unique among the scope's runners.</param>
    /// <param name="labels">Of the runner; a scale set has its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken);

    /// <summary>Takes a runner off the list; one that is gone is no error.</summary>
    /// <returns>False when it is running a job and stays.</returns>
    Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken);

    /// <summary>The runner of that name; null when there is none (an ephemeral runner goes after its job).</summary>
    Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every runner of the pool's whose name begins so.</summary>
    Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken);
}
