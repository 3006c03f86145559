using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>The token of one step, cancelled by its own time limit, by the job's end, or by an abort.</summary>
internal sealed class StepStop : IDisposable
{
    /// <summary>What GitHub gives a cancelled job for its last steps.</summary>
    public static readonly TimeSpan GraceAfterCancel = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _grace;

    public StepStop(JobTokens tokens, string jobStatus, Func<bool> wantedWhenCancelled, TimeSpan timeout, TimeProvider time)
    {
        bool alreadyCancelled = jobStatus == Conclusions.Cancelled;
        _timeout = new CancellationTokenSource(timeout, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(tokens.Abort, _timeout.Token);
        if (alreadyCancelled)
            _grace = time.CreateTimer(_ => Cancel(), null, GraceAfterCancel, Timeout.InfiniteTimeSpan);
        else
        {
            _registration = tokens.Cancel.Register(() =>
            {
                if (IsWanted(wantedWhenCancelled))
                    _grace = time.CreateTimer(_ => Cancel(), null, GraceAfterCancel, Timeout.InfiniteTimeSpan);
                else
                    _stop.Cancel();
            });
        }
    }

    public CancellationToken Token => _stop.Token;

    public bool TimedOut => _timeout.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _grace?.Dispose();
        _stop.Dispose();
        _timeout.Dispose();
    }

    /// <summary>Asked while a signal is handled: a condition that cannot be evaluated must not end the process.</summary>
    private static bool IsWanted(Func<bool> wanted)
    {
        try
        {
            return wanted();
        }
        catch (WorkflowException)
        {
            return false;
        }
    }

    private void Cancel()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The step ended at that very moment.
        }
    }
}
