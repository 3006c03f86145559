namespace CmlNet.Containers;

/// <summary>An engine that can run a container for the sake of its own command, as <c>docker run --rm</c> does.</summary>
public interface IForegroundEngine
{
    /// <summary>
    /// Creates and starts a container, streams its output, waits for its end and removes it with its anonymous volumes. On cancellation
    /// its first process gets the steps of <paramref name="stop"/>, and <see cref="OperationCanceledException"/> is thrown when it is gone.
    /// </summary>
    Task<ExecResult> RunToEndAsync(ContainerSpec spec, IOutputSink output, StopLadder stop, CancellationToken cancellationToken);
}
