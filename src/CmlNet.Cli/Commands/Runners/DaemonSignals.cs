using System.Globalization;
using System.Runtime.InteropServices;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>The signals that end the daemon: the first lets running jobs finish, the second cancels them.</summary>
internal sealed class DaemonSignals : IDisposable
{
    private readonly CancellationTokenSource _drain = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public DaemonSignals()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        // The terminal is gone; nobody who started the daemon with nohup wants to hear of it.
        if (!IsHangupIgnored())
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Drain => _drain.Token;

    /// <summary>Cancelled at the second.</summary>
    public CancellationToken Cancel => _cancel.Token;

    /// <summary>Name of the last one.</summary>
    public string Name { get; private set; } = nameof(PosixSignal.SIGTERM);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _drain.Dispose();
        _cancel.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        Name = context.Signal.ToString();
        if (_drain.IsCancellationRequested)
            _cancel.Cancel();
        else
            _drain.Cancel();
    }

    // The lowest bit of the mask is the first signal, SIGHUP (proc_pid_status(5)).
    private static bool IsHangupIgnored()
    {
        try
        {
            string? mask = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
            return mask is not null && ulong.TryParse(mask["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong ignored) && (ignored & 1) == 1;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // no /proc
        }
    }
}
