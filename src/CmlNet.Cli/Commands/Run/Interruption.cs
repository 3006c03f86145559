using System.Runtime.InteropServices;

namespace CmlNet.Cli.Commands.Run;

/// <summary>Ctrl-C, SIGTERM and SIGHUP: the first cancels (steps get SIGINT, clean-up runs), the second aborts what is still running.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CliHost _host;

    public Interruption(CliHost host)
    {
        _host = host;
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    public CancellationToken Cancel => _cancel.Token;

    public CancellationToken Abort => _abort.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _cancel.Dispose();
        _abort.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The process must live until everything is removed.
        context.Cancel = true;
        if (_cancel.IsCancellationRequested)
            _abort.Cancel();
        else
        {
            _host.Error.WriteLine("Stopping: the running step is asked to end, then everything is removed. Once more to stop at once.");
            _cancel.Cancel();
        }
    }
}
