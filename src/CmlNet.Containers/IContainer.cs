namespace CmlNet.Containers;

/// <summary>A started container. <see cref="IAsyncDisposable.DisposeAsync"/> kills and removes it under its own timeout, whatever was cancelled before.</summary>
public interface IContainer : IAsyncDisposable
{
    string Id { get; }

    /// <summary>
    /// Runs one command in the container and streams its output. On cancellation the command's whole process group
    /// gets the steps of <see cref="ExecSpec.StopLadder"/> (SIGINT, SIGTERM, SIGKILL) and, once it is gone,
    /// <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken);
}
