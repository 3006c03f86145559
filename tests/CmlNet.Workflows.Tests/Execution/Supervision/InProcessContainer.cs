using CmlNet.Containers;

namespace CmlNet.Workflows.Tests.Execution.Supervision;

/// <summary>Stands in for the engine's container: its own command does what the test says, other commands are only counted.</summary>
internal sealed class InProcessContainer(Task command) : IContainer, IWaitableContainer
{
    private readonly TaskCompletionSource _removed = new();

    public string Id => "container";

    public int EngineCalls { get; private set; }

    public Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        EngineCalls++;
        return Task.FromResult(new ExecResult(42));
    }

    /// <summary>The container outlives the supervisor, but not the engine.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(command, _removed.Task) == command)
            await command;
        await _removed.Task;
    }

    public ValueTask DisposeAsync()
    {
        _removed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
