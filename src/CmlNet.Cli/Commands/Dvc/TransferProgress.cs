namespace CmlNet.Cli.Commands.Dvc;

/// <summary>A line on a terminal's standard error that counts what was moved.</summary>
internal sealed class TransferProgress(CliHost host, string verb, bool isQuiet) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly bool _isShown = host.IsTerminal && !isQuiet;
    private long _last;
    private bool _any;

    public void Report(int done, int total)
    {
        if (!_isShown)
            return;
        lock (_lock)
        {
            if (_last != 0 && done < total && host.Time.GetElapsedTime(_last) < Pause)
                return;
            _last = host.Time.GetTimestamp();
            _any = true;
            host.Error.Write($"\r{verb} {done}/{total}\u001b[K");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_any)
                host.Error.Write("\r\u001b[K");
            _any = false;
        }
    }
}
