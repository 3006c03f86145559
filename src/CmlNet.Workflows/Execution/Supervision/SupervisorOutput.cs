using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>Sends a command's output on as messages.</summary>
internal sealed class SupervisorOutput(SupervisorFrames frames) : IOutputSink
{
    public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        await frames.WriteAsync(stream == StandardStream.Error ? SupervisorFrame.Error : SupervisorFrame.Output, data, cancellationToken);
}
