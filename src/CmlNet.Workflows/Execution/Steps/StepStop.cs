using CmlNet.Workflows.Execution.Records;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>The token of one step, cancelled by its own time limit, by the job's end, or by an abort.</summary>
internal sealed class StepStop : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _registration;

    public StepStop(JobTokens tokens, string jobStatus, Func<bool> wantedWhenCancelled, TimeSpan timeout, TimeProvider time)
    {
        _timeout = new CancellationTokenSource(timeout, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(tokens.Abort, _timeout.Token);
        // One that begins when the job is cancelled already is wanted all the same.
        if (jobStatus != Conclusions.Cancelled)
        {
            _registration = tokens.Cancel.Register(() =>
            {
                if (!IsWanted(wantedWhenCancelled))
                    _stop.Cancel();
            });
        }
    }

    public CancellationToken Token => _stop.Token;

    public bool TimedOut => _timeout.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
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
}
