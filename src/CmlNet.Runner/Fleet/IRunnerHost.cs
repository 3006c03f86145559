namespace CmlNet.Runner.Fleet;

/// <summary>Where runners live: containers on a Docker engine. Another kind of host stands beside it without pools, journal or job sources knowing.</summary>
internal interface IRunnerHost
{
    /// <summary>Makes everything a runner needs, and starts nothing. Returns the id of its container.</summary>
    Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken);

    Task StartAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Waits until the runner has ended, however long it takes and whatever becomes of the host meanwhile.</summary>
    Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Asks it to end, and makes it end when it does not.</summary>
    Task StopAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>Removes a runner with everything that was made for it; what is gone is no error.</summary>
    Task RemoveAsync(string runnerName, CancellationToken cancellationToken);

    /// <summary>Everything there is of this daemon's, by label.</summary>
    Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken);
}
