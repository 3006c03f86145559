using CmlNet.Containers;

namespace CmlNet.Workflows.Tests.Execution.Supervision;

/// <summary>Stands in for the engine's container: "starting the supervisor" does what the test says, other commands are only counted.</summary>
internal sealed class InProcessContainer(Func<Task<int>> supervise) : IContainer
{
    private readonly TaskCompletionSource _removed = new();

    public string Id => "container";

    public int EngineCalls { get; private set; }

    public async Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        if (spec.Command[0] == "supervise")
            return new ExecResult(await await Task.WhenAny(supervise(), RemovedAsync()));
        EngineCalls++;
        return new ExecResult(42);
    }

    public ValueTask DisposeAsync()
    {
        _removed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async Task<int> RemovedAsync()
    {
        await _removed.Task;
        return 137;
    }
}
