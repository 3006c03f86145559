using System.Text;
using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Forwarding;

/// <summary>A forwarder that runs in a job's container until that is removed.</summary>
internal sealed class JobForwarder : IAsyncDisposable, IOutputSink
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _said = new();
    private readonly TimeProvider _time;
    private readonly Task<string> _end;

    private JobForwarder(IContainer container, IReadOnlyList<ForwardRule> rules, TimeProvider time)
    {
        _time = time;
        _end = RunAsync(container, rules);
    }

    /// <summary>Null, or why nothing is forwarded.</summary>
    public string? Problem { get; private set; }

    /// <summary>Starts it and waits until it listens, or has said why it cannot.</summary>
    public static async Task<JobForwarder> StartAsync(IContainer container, IReadOnlyList<ForwardRule> rules, TimeProvider time, CancellationToken cancellationToken)
    {
        var forwarder = new JobForwarder(container, rules, time);
        try
        {
            if (await Task.WhenAny(forwarder._ready.Task, forwarder._end).WaitAsync(StartLimit, time, cancellationToken) == forwarder._end)
                forwarder.Problem = await forwarder._end;
        }
        catch (TimeoutException)
        {
            forwarder.Problem = $"it did not start within {StartLimit.TotalSeconds:0} seconds";
        }
        return forwarder;
    }

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (_said.Length < 4096)
            _said.Append(Encoding.UTF8.GetString(data.Span));
        if (_said.ToString().StartsWith(Forwarder.Ready, StringComparison.Ordinal))
            _ready.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for its end, which the removal of the container brings.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _end.WaitAsync(StartLimit, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // The removal of the container has failed and was reported; this process ends with it some day.
            return;
        }
    }

    /// <summary>As root and through the engine: beside the job's steps, and for ports below 1024.</summary>
    private async Task<string> RunAsync(IContainer container, IReadOnlyList<ForwardRule> rules)
    {
        try
        {
            var spec = new ExecSpec { Command = CmlMount.ForwardCommand(rules), User = "0", WorkingDirectory = "/" };
            ExecResult result = await container.ExecAsync(spec, this, CancellationToken.None);
            return _said.Length > 0 ? _said.ToString().Trim() : $"it ended with exit code {result.ExitCode}";
        }
        catch (EngineException e)
        {
            return e.Message;
        }
    }
}
