namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>What an experiment says, in a file that can be read while it runs.</summary>
internal sealed class QueueLog : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _file;
    private readonly Action<string> _tell;
    private bool _isClosed;

    public QueueLog(string path, Action<string> tell)
    {
        _tell = tell;
        _file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    public void Write(string line)
    {
        lock (_gate)
        {
            // A command's child may go on printing when the command is over.
            if (!_isClosed)
                _file.WriteLine(line);
        }

        _tell(line);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _isClosed = true;
        await _file.DisposeAsync();
    }
}
