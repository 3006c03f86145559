using CmlNet.Containers;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Execution.Services;

/// <summary>Waits for one service, by the health check that its image or options define. Without one it is ready when it is started.</summary>
internal sealed class ServiceHealth(RunContext run, string job, string id, IContainer container)
{
    // actions/runner, ContainerOperationProvider.cs: 2 s, doubled up to 32 s.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(32);

    /// <exception cref="StepFailedException">Unhealthy, or ended while it was waited for.</exception>
    public async Task<ContainerState> WaitAsync(CancellationToken cancellationToken)
    {
        if (container is not IInspectableContainer inspectable)
            return new ContainerState { IsRunning = true, Health = ContainerHealth.None };
        TimeSpan delay = FirstDelay;
        while (true)
        {
            ContainerState state = await inspectable.InspectAsync(cancellationToken);
            if (state.Health == ContainerHealth.Unhealthy || (state.Health == ContainerHealth.Starting && !state.IsRunning))
            {
                await ShowLogAsync(inspectable, cancellationToken);
                throw new StepFailedException($"The service '{id}' is not healthy{(state.ExitCode is { } code ? $": it ended with exit code {code}" : "")}. Its log is above; check its image, env and health options.");
            }
            if (state.Health != ContainerHealth.Starting)
            {
                if (!state.IsRunning)
                    await TellEndedAsync(inspectable, state, cancellationToken);
                return state;
            }
            run.Observer.On(new Notice(job, $"The service '{id}' is starting, waiting {delay.TotalSeconds:0} seconds before checking again."));
            await Task.Delay(delay, run.Time, cancellationToken);
            delay = delay * 2 > LongestDelay ? LongestDelay : delay * 2;
        }
    }

    /// <summary>Without a health check nobody else would say why nothing answers. The job goes on, as on GitHub.</summary>
    private async Task TellEndedAsync(IInspectableContainer inspectable, ContainerState state, CancellationToken cancellationToken)
    {
        await ShowLogAsync(inspectable, cancellationToken);
        run.Observer.On(new Notice(job, $"The service '{id}' has ended already, with exit code {state.ExitCode}; its log is above."));
    }

    private async Task ShowLogAsync(IInspectableContainer inspectable, CancellationToken cancellationToken)
    {
        var sink = new ServiceLogSink(run, job, id);
        var lines = new LineSplitter(sink, run.Masker);
        await inspectable.ReadLogsAsync(lines, cancellationToken);
        await lines.CompleteAsync(cancellationToken);
        sink.Show();
    }
}
