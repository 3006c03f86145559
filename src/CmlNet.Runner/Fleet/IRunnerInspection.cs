using CmlNet.Containers;

namespace CmlNet.Runner.Fleet;

/// <summary>A look into a runner on its host.</summary>
internal interface IRunnerInspection
{
    /// <summary>Its last lines, and with <paramref name="follow"/> those to come.</summary>
    Task ReadLogsAsync(string containerId, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken);

    /// <summary>What it has used; null when it does not run.</summary>
    Task<ContainerUsage?> ReadUsageAsync(string containerId, CancellationToken cancellationToken);

    /// <summary>The folder of what it wants reported, as a tar archive of its own making; null when there is none.</summary>
    Task<Stream?> CollectAsync(string containerId, CancellationToken cancellationToken);
}
