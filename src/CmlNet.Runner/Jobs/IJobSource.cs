namespace CmlNet.Runner.Jobs;

/// <summary>Learns of a pool's jobs and tells its fleet. A new kind is a folder and one line in <c>RunnerServices.cs</c>.</summary>
internal interface IJobSource
{
    /// <summary>Listens until cancelled. Anything thrown but cancellation makes the daemon start it again, later and later.</summary>
    Task RunAsync(IJobSink sink, CancellationToken cancellationToken);
}
