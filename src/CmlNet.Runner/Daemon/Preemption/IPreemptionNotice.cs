namespace CmlNet.Runner.Daemon.Preemption;

/// <summary>Somewhere that tells when the machine is about to go.</summary>
internal interface IPreemptionNotice
{
    /// <summary>Waits until it is said, and returns in a few words what was. A source that fails throws <see cref="IOException"/> and is asked again.</summary>
    Task<string> WaitAsync(CancellationToken cancellationToken);
}
